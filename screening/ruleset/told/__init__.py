"""What of an outcome people are told: which texts, and where a value lies on its line. Here stand no words.

Enter by `told_texts.ToldTexts` and `value_lines.value_line`.
"""

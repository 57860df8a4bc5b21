"""What tests share: people, browsers, stores, servers, PDFs; no tests here."""

// Shows a Questionnaire by smart-forms: `showForm(questionnaire)`; `formResponse()` is what it would send.
import { createRoot } from "react-dom/client";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { BaseRenderer, buildForm, getResponse, RendererThemeProvider } from "@aehrc/smart-forms-renderer";

const client = new QueryClient();
const root = createRoot(document.getElementById("form"));
window.showForm = async (questionnaire) => {
  await buildForm({ questionnaire });
  root.render(
    <QueryClientProvider client={client}>
      <RendererThemeProvider>
        <BaseRenderer />
      </RendererThemeProvider>
    </QueryClientProvider>,
  );
};
window.formResponse = getResponse;

// Reads a Questionnaire of SDC as a foreign program does, by fhirpath.js: of each QuestionnaireResponse which conditions of
// items hold and what the variables are. Standard input: one line with the Questionnaire, then a line a response. A line out
// for each: {"shown": [linkId, ...], "variables": {name: [...]}}.
const fhirpath = require("fhirpath");
const r4 = require("fhirpath/fhir-context/r4");

const VARIABLE = "http://hl7.org/fhir/StructureDefinition/variable";
const CONDITION = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-enableWhenExpression";

const expressions = (element, url) =>
  (element.extension || []).filter((each) => each.url === url).map((each) => each.valueExpression);
const compiled = ({ name, expression }) => ({ name, evaluate: fhirpath.compile(expression, r4) });
const conditions = (items) =>
  (items || []).flatMap((item) => [
    ...expressions(item, CONDITION).map((each) => compiled({ ...each, name: item.linkId })),
    ...conditions(item.item),
  ]);

const [first, ...lines] = require("fs").readFileSync(0, "utf8").split("\n").filter(Boolean);
const questionnaire = JSON.parse(first);
const variables = expressions(questionnaire, VARIABLE).map(compiled);
const shown = conditions(questionnaire.item);
const Clock = Date;
for (const line of lines) {
  const resource = JSON.parse(line);
  // Today is the day of the response.
  const now = `${resource.authored.slice(0, 10)}T12:00:00`;
  globalThis.Date = class extends Clock {
    constructor(...given) {
      super(...(given.length ? given : [now]));
    }
  };
  const known = { resource, questionnaire };
  for (const { name, evaluate } of variables) known[name] = evaluate(resource, known);
  const holding = shown.filter(({ evaluate }) => evaluate(resource, known)[0] === true).map(({ name }) => name);
  const found = Object.fromEntries(variables.map(({ name }) => [name, known[name]]));
  console.log(JSON.stringify({ shown: holding, variables: found }));
}

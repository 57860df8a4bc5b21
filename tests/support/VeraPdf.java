import java.io.BufferedReader;
import java.io.File;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.LogManager;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.gf.model.GFModelParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.ErrorArgument;
import org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Reference;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.RuleId;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.verapdf.pdfa.validation.validators.ValidatorFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Judges PDFs by veraPDF's own profiles. Reads the path of a PDF a line, and writes all rules that it breaks in one line:
 * "OK", or "BROKEN" and the rules. The jar comes without JAXB, by which veraPDF reads its profiles, so this reads them.
 */
public class VeraPdf {
  private static final Map<PDFAFlavour, String> FLAVOURS =
      Map.of(PDFAFlavour.PDFA_3_A, "PDFA-3A.xml", PDFAFlavour.PDFUA_1, "PDFUA-1.xml");

  public static void main(String[] arguments) throws Exception {
    LogManager.getLogManager().reset();
    VeraGreenfieldFoundryProvider.initialise();
    List<ValidationProfile> profiles = new ArrayList<>();
    for (PDFAFlavour flavour : FLAVOURS.keySet()) {
      profiles.add(profile(flavour, FLAVOURS.get(flavour)));
    }
    BufferedReader paths = new BufferedReader(new InputStreamReader(System.in));
    for (String path = paths.readLine(); path != null; path = paths.readLine()) {
      System.out.println(judged(path, profiles));
      System.out.flush();
    }
  }

  private static String judged(String path, List<ValidationProfile> profiles) {
    Set<String> broken = new HashSet<>();
    for (ValidationProfile profile : profiles) {
      PDFAFlavour flavour = profile.getPDFAFlavour();
      try (GFModelParser parser = GFModelParser.createModelWithFlavour(new File(path), flavour)) {
        ValidationResult result = ValidatorFactory.createValidator(profile, 200, false, false, false).validate(parser);
        if (!result.isCompliant()) {
          broken.add(flavour.getId());
        }
        for (TestAssertion each : result.getTestAssertions()) {
          broken.add(flavour.getId() + " " + each.getRuleId().getClause() + "-" + each.getRuleId().getTestNumber() + ": "
              + each.getMessage().replaceAll("\\s+", " "));
        }
      } catch (Exception error) {
        broken.add(flavour.getId() + ": " + error.toString().replaceAll("\\s+", " "));
      }
    }
    return broken.isEmpty() ? "OK" : "BROKEN " + String.join(" | ", broken);
  }

  private static ValidationProfile profile(PDFAFlavour flavour, String name) throws Exception {
    InputStream file = VeraPdf.class.getClassLoader().getResourceAsStream("org/verapdf/pdfa/validation/" + name);
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    Document read = factory.newDocumentBuilder().parse(file);
    Set<Rule> rules = new HashSet<>();
    for (Element each : all(read.getDocumentElement(), "rule")) {
      rules.add(rule(each));
    }
    Set<Variable> variables = new HashSet<>();
    for (Element each : all(read.getDocumentElement(), "variable")) {
      variables.add(Profiles.variableFromValues(
          each.getAttribute("name"), each.getAttribute("object"), text(each, "defaultValue"), text(each, "value")));
    }
    return Profiles.profileFromValues(
        flavour, Profiles.profileDetailsFromValues(name, name, "veraPDF", new Date(0)), "", rules, variables);
  }

  private static Rule rule(Element rule) {
    Element id = all(rule, "id").get(0);
    RuleId named = Profiles.ruleIdFromValues(
        PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
        id.getAttribute("clause"),
        Integer.parseInt(id.getAttribute("testNumber")));
    List<ErrorArgument> values = new ArrayList<>();
    for (Element each : all(rule, "argument")) {
      String name = each.hasAttribute("name") ? each.getAttribute("name") : null;
      values.add(ErrorArgumentImpl.fromValues(each.getTextContent().trim(), name, null));
    }
    Boolean deferred = rule.hasAttribute("deferred") ? Boolean.valueOf(rule.getAttribute("deferred")) : null;
    List<Reference> references = new ArrayList<>();
    return Profiles.ruleFromValues(
        named, rule.getAttribute("object"), deferred, rule.getAttribute("tags"), text(rule, "description"),
        text(rule, "test"), Profiles.errorFromValues(text(rule, "message"), values), references);
  }

  private static String text(Element of, String name) {
    List<Element> found = all(of, name);
    return found.isEmpty() ? "" : found.get(0).getTextContent().trim();
  }

  private static List<Element> all(Element of, String name) {
    NodeList found = of.getElementsByTagNameNS("*", name);
    List<Element> elements = new ArrayList<>();
    for (int index = 0; index < found.getLength(); index++) {
      elements.add((Element) found.item(index));
    }
    return elements;
  }
}

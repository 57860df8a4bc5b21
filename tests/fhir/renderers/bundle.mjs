// Makes one script for a browser of smart-forms and all that it imports, into the file that is named. Its icons and its font
// are left out, as nobody reads them here, and so is a library for other browsers.
import { build } from "esbuild";

const LEFT_OUT = /^(@mui\/icons-material|@fontsource\/inter|isomorphic-webcrypto)/;
const leavingOut = {
  name: "leaving out",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: LEFT_OUT }, ({ path }) => ({ path, namespace: "left out" }));
    onLoad({ filter: /.*/, namespace: "left out" }, () => ({ contents: "module.exports = () => null;" }));
  },
};

await build({
  absWorkingDir: import.meta.dirname,
  entryPoints: ["smart-forms.jsx"],
  outfile: process.argv[2],
  bundle: true,
  jsx: "automatic",
  define: { "process.env.NODE_ENV": '"production"', global: "window" },
  loader: { ".svg": "dataurl" },
  plugins: [leavingOut],
  logLevel: "error",
});

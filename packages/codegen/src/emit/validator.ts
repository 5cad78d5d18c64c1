/**
 * A JSON Schema as precompiled code: what ajv would compile at run time, compiled now, with the few functions
 * of ajv that it calls bundled in, so that a handler depends on neither ajv nor us.
 */
import { fileURLToPath } from "node:url";
import type { JsonObject } from "@stepwright/asl";
import type { Plugin } from "esbuild";
import { validationSchema } from "./validation-schema.ts";

const compiled = new Map<string, Promise<string>>();

/**
 * The text of an ES module that exports `violationsOf(event)`: a list of `{ path, message }`, empty when
 * the event fits. The same schema gives the same bytes.
 *
 * Formats (`"format": "date-time"`) are annotations, as JSON Schema 2020-12 has it; patterns are checked.
 */
export async function compileValidator(schema: JsonObject): Promise<string> {
  const key = JSON.stringify(schema);
  const known = compiled.get(key) ?? compile(schema);
  compiled.set(key, known);
  return known;
}

async function compile(schema: JsonObject): Promise<string> {
  // These take 100 ms to load; whoever only validates or runs a definition need not wait for them.
  const [{ Ajv2020 }, { default: standaloneCode }, { build }] = await Promise.all([
    import("ajv/dist/2020.js"),
    import("ajv/dist/standalone/index.js"),
    import("esbuild"),
  ]);
  const ajv = new Ajv2020({
    allErrors: true,
    discriminator: true,
    strict: false,
    validateFormats: false,
    // Otherwise a required `constructor` would be found on every object.
    ownProperties: true,
    inlineRefs: false,
    // A loop over the required names makes the whole a third smaller than code for each.
    loopRequired: 1,
    code: { source: true, esm: true },
  });
  const validate = standaloneCode.default(ajv, ajv.compile(validationSchema(schema)));
  const result = await build({
    stdin: { contents: violationsOf, loader: "js" },
    plugins: [validateModule(validate)],
    bundle: true,
    write: false,
    format: "esm",
    platform: "neutral",
    target: "es2022",
    minify: true,
    lineLimit: 120,
    legalComments: "none",
    logLevel: "silent",
  });
  return result.outputFiles[0]?.text ?? "";
}

/** Gives ajv's code as the module `validate`; what it requires of ajv is looked up from here. */
function validateModule(contents: string): Plugin {
  const resolveDir = fileURLToPath(new URL(".", import.meta.url));
  return {
    name: "validate",
    setup(build) {
      build.onResolve({ filter: /^validate$/ }, ({ path }) => ({ path, namespace: "ajv" }));
      build.onLoad({ filter: /^validate$/, namespace: "ajv" }, () => ({ contents, loader: "js", resolveDir }));
    },
  };
}

const violationsOf = `
import validate from "validate";

export function violationsOf(event) {
  return validate(event) ? [] : validate.errors.map(({ instancePath, keyword, message, params }) => ({
    path: keyword === "discriminator" ? instancePath + "/" + params.tag : instancePath,
    message:
      keyword === "discriminator" ? "is " + JSON.stringify(params.tagValue) + ", which is none of the allowed kinds"
      : keyword === "enum" ? "must be one of " + params.allowedValues.map((value) => JSON.stringify(value)).join(", ")
      : keyword === "const" ? "must be " + JSON.stringify(params.allowedValue)
      : keyword === "pattern" && message.length > 100 ? message.slice(0, 99) + "…"
      : keyword === "additionalProperties" ? message + ": " + JSON.stringify(params.additionalProperty)
      : message,
  }));
}
`;

/** Checks a configuration, which its author may have written without the types. */
import { CodegenError } from "./codegen-error.ts";
import type { HandlersConfig, RunConfig, StepwrightConfig } from "./config.ts";

/** A configuration with every default filled in. */
export interface ResolvedConfig {
  readonly machines: readonly string[];
  readonly generatedDir: string;
  readonly handlers: Required<HandlersConfig>;
  readonly run: RunConfig;
}

type Check = (value: unknown) => string | undefined;

const text: Check = (value) => (typeof value === "string" && value !== "" ? undefined : "a non-empty string");
const texts: Check = (value) =>
  Array.isArray(value) && value.length > 0 && value.every((item) => text(item) === undefined)
    ? undefined
    : "a list of at least one path";
const oneOf =
  (...allowed: readonly string[]): Check =>
  (value) =>
    allowed.includes(value as string) ? undefined : `one of ${allowed.map((word) => JSON.stringify(word)).join(", ")}`;

type Shape = { readonly [key: string]: Check | Shape };

const shape: Shape = {
  machines: texts,
  generatedDir: text,
  handlers: { dir: text, importExtension: oneOf(".ts", ".js", "") },
  run: { time: oneOf("real", "virtual"), input: text },
};

/**
 * Checks what a configuration file exported and fills in the defaults.
 *
 * @throws CodegenError `CONFIG_INVALID`, naming every wrong key at once
 */
export function resolveConfig(exported: unknown, file: string): ResolvedConfig {
  const problems = isRecord(exported)
    ? [...mismatches(exported, shape, ""), ...(Object.hasOwn(exported, "machines") ? [] : ["`machines` is missing"])]
    : [`the default export is ${describe(exported)}; wanted \`defineConfig({ machines: […] })\``];
  if (problems.length > 0) {
    throw new CodegenError("CONFIG_INVALID", `${file}: ${problems.join("; ")}`);
  }
  const config = exported as StepwrightConfig;
  return {
    machines: config.machines,
    generatedDir: config.generatedDir ?? "generated",
    handlers: {
      dir: config.handlers?.dir ?? "src/handlers",
      importExtension: config.handlers?.importExtension ?? ".ts",
    },
    run: config.run ?? {},
  };
}

function mismatches(record: Record<string, unknown>, wanted: Shape, prefix: string): readonly string[] {
  return Object.entries(record).flatMap(([key, value]) => {
    const path = `${prefix}${key}`;
    const check = Object.hasOwn(wanted, key) ? wanted[key] : undefined;
    if (check === undefined) {
      return [`\`${path}\` is unknown; known are ${Object.keys(wanted).join(", ")}`];
    }
    if (value === undefined) {
      return [];
    }
    if (typeof check === "function") {
      const expected = check(value);
      return expected === undefined ? [] : [`\`${path}\` is ${describe(value)}; wanted ${expected}`];
    }
    return isRecord(value)
      ? mismatches(value, check, `${path}.`)
      : [`\`${path}\` is ${describe(value)}; wanted an object`];
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function describe(value: unknown): string {
  return value === undefined ? "absent" : (JSON.stringify(value) ?? typeof value);
}

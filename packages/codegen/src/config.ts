/**
 * What `stepwright.config.ts` says. The configuration is plain data: it is loaded in a worker and crosses threads.
 * Imports nothing, because every configuration file imports this and nothing else of ours.
 */
/** Every path is relative to the folder of the configuration file and written with `/`. */
export interface StepwrightConfig {
  /** The modules whose default export is a machine: `["src/order.machine.ts"]`. */
  readonly machines: readonly string[];
  /** Where definitions, their source maps and the manifest go; `generated` when absent. */
  readonly generatedDir?: string;
  readonly handlers?: HandlersConfig;
  readonly run?: RunConfig;
}

export interface HandlersConfig {
  /** Each task has a folder here, named after it in kebab-case; `src/handlers` when absent. */
  readonly dir?: string;
  /** How a generated file names a sibling: `./contract.generated.ts`, `.js` or without extension; `.ts` when absent. */
  readonly importExtension?: ImportExtension;
}

export type ImportExtension = ".ts" | ".js" | "";

/** What `stepwright run` does unless its flags say otherwise. */
export interface RunConfig {
  /** `virtual` skips every wait; `real` when absent. */
  readonly time?: "real" | "virtual";
  /** A JSON file, the input of an execution that is started without `--input`. */
  readonly input?: string;
}

/**
 * Gives a `stepwright.config.ts` its types.
 *
 * @example export default defineConfig({ machines: ["src/order.machine.ts"], handlers: { dir: "src/handlers" } });
 */
export function defineConfig(config: StepwrightConfig): StepwrightConfig {
  return config;
}

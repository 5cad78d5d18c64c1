import { relative, resolve } from "node:path";
import { bundleHandlers, findConfig } from "@stepwright/codegen";
import type { HandlerBundle } from "@stepwright/codegen";
import type { DefineCommand } from "../command.ts";
import { exitCodes } from "../exit-codes.ts";
import type { Terminal } from "../terminal.ts";

interface BundleFlags {
  readonly json?: true;
  readonly config?: string;
}

export const define: DefineCommand = (command, terminal, finish) => {
  command
    .option("--config <file>", "the configuration; otherwise stepwright.config.ts here or in a folder above")
    .option("--json", "print what was bundled as JSON")
    .addHelpText("after", "\nExample:\n  stepwright bundle && sam deploy --template generated/template.yaml")
    .action(async ({ config, json }: BundleFlags) => {
      const configFile = config === undefined ? findConfig(terminal.cwd) : resolve(terminal.cwd, config);
      const bundles = await bundleHandlers({ configFile });
      const shown = bundles.map((bundle) => ({ ...bundle, dir: shownPath(bundle.dir, terminal) }));
      terminal.out(json === true ? `${JSON.stringify(shown, undefined, 2)}\n` : sizeTable(shown, terminal));
      finish(exitCodes.done);
    });
};

/** A line for each handler; source maps are told in the JSON only. */
function sizeTable(bundles: readonly HandlerBundle[], terminal: Terminal): string {
  const widest = Math.max(0, ...bundles.map(({ dir }) => dir.length));
  const lines = bundles.map(({ dir, files, external }) => {
    const code = files.filter(({ name }) => !name.endsWith(".map"));
    const first = code.filter(({ loadedLater }) => !loadedLater);
    const [all, atStart] = [code, first].map((of) => kilobytes(total(of.map(({ bytes }) => bytes))));
    const compressed = kilobytes(total(code.map(({ compressedBytes }) => compressedBytes)));
    const sizes = `${all}, ${compressed} compressed, ${atStart} at the start`;
    // What both now and later need stands in parts whose names tell nothing.
    const named = first.filter(({ name }) => !name.startsWith("chunk-"));
    const parts = code.length - named.length;
    const names = `${named.map(({ name }) => name).join(", ")}${parts === 0 ? "" : ` and ${parts} parts`}`;
    const outside = external.length === 0 ? "" : `; needs ${external.join(", ")}`;
    return `${dir.padEnd(widest)}  ${sizes}  ${terminal.style("dim", `${names}${outside}`)}\n`;
  });
  return lines.join("");
}

function total(sizes: readonly number[]): number {
  return sizes.reduce((sum, size) => sum + size, 0);
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`.padStart(9);
}

function shownPath(path: string, terminal: Terminal): string {
  return relative(terminal.cwd, path).replaceAll("\\", "/");
}

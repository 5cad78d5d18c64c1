/** `pnpm bench` here measures everything; `pnpm bench speed start …` only what is named. */
import { inChild } from "./in-child.ts";
import { measureService } from "./service/load.ts";
import { measureSpeed } from "./speed.ts";

const sections: Readonly<Record<string, () => Promise<void>>> = {
  speed: measureSpeed,
  /** As a user has it: the bundle that `pnpm build` makes. */
  async start() {
    const runs = [];
    for (let n = 0; n < 10; n += 1) runs.push(await inChild("first-run", [], { isBuilt: true }));
    print("import and the first run (median of 10)", runs.toSorted((left, right) => left.ms - right.ms)[5]!);
  },
  async map() {
    for (const concurrency of [0, 1, 3]) {
      for (const count of [10_000, 100_000]) {
        const title = `inline Map of ${count.toLocaleString("en")} items, MaxConcurrency ${concurrency}`;
        print(title, await inChild("inline-map", [String(count), String(concurrency)]));
      }
    }
  },
  async dataset() {
    for (const lines of [10_000, 1_000_000]) {
      const title = `Distributed Map over ${lines.toLocaleString("en")} JSON lines, a child execution each`;
      print(title, await inChild("dataset", [String(lines)]));
    }
  },
  service: measureService,
};

function print(title: string, { ms, peakMb }: { readonly ms: number; readonly peakMb: number }): void {
  console.log(title);
  console.log(`  ${ms.toFixed(0)} ms; the process had ${peakMb.toFixed(0)} MB at its peak`);
}

const wanted = process.argv.slice(2);
for (const name of wanted) {
  if (!Object.hasOwn(sections, name)) {
    console.error(`There is no section ${name}; wanted any of ${Object.keys(sections).join(", ")}.`);
    process.exit(2);
  }
}
for (const name of wanted.length === 0 ? Object.keys(sections) : wanted) await sections[name]!();

/** From saving a machine's file to its generated files written, in watch mode; the saved change renames a state. */
import { greetingProject, projectFolder } from "../test/project-folder.ts";
import { watchAndGenerate } from "../src/watch.ts";

const saves = 20;
/** As long as an author thinks, at least: the watcher makes ready for the next change meanwhile. */
const pauseMs = 500;

await using project = await projectFolder(greetingProject);
const machine = greetingProject["src/greeting.machine.ts"] ?? "";
const stop = new AbortController();
const durationsMs: number[] = [];
let savedAtMs: number | undefined;

await watchAndGenerate({
  configFile: project.configFile,
  signal: stop.signal,
  onGeneration: () => {
    if (savedAtMs !== undefined) durationsMs.push(performance.now() - savedAtMs);
    if (durationsMs.length === saves) stop.abort();
    else setTimeout(save, pauseMs);
  },
  onRefusal: (error) => {
    throw error;
  },
});

const sorted = durationsMs.toSorted((one, other) => one - other).map(Math.round);
console.log(
  `saved to written, ${saves} times: median ${sorted[saves / 2]} ms, best ${sorted[0]} ms, worst ${sorted.at(-1)} ms`,
);

function save(): void {
  savedAtMs = performance.now();
  void project.write("src/greeting.machine.ts", machine.replace('"Greeted"', `"Greeted ${durationsMs.length}"`));
}

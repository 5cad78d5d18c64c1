/** Generates again whenever a module that a machine is made of changes. */
import { existsSync, watch } from "node:fs";
import { dirname, extname, join } from "node:path";
import type { CodegenError } from "./codegen-error.ts";
import { generate } from "./generate.ts";
import type { GenerateOptions, Generation } from "./generate.ts";
import { startLoader } from "./load/loader.ts";

export interface WatchOptions extends Omit<GenerateOptions, "check" | "loader"> {
  /** Ends the watch. */
  readonly signal: AbortSignal;
  /** After each generation, the first one included. */
  readonly onGeneration: (generation: Generation, durationMs: number) => void;
  /**
   * A generation that was refused. The watch goes on with the files of the one before, with the file that the error
   * names, and with what changes beside them: the file to mend may be one that is missing.
   */
  readonly onRefusal: (error: unknown) => void;
}

/** An editor writes a file in several steps; this many milliseconds of quiet make one change of them. */
const quietMs = 25;

/** @returns when the signal is aborted */
export async function watchAndGenerate(options: WatchOptions): Promise<void> {
  const { signal, onGeneration, onRefusal } = options;
  let watched: readonly string[] = [options.configFile];
  let packages: readonly string[] = [];
  let loader = startLoader(options.timeLimitMs);
  while (!signal.aborted) {
    // Watching begins before generating, so that a change in the meantime is not missed.
    let change = nextChange(watched, signal);
    let mending: Change | undefined;
    const startedAtMs = performance.now();
    try {
      // One generation after the other, each upon a change.
      const generation = await generate({ ...options, loader });
      const files = generation.project.inputFiles;
      if (files.join() !== watched.join()) {
        change.stop();
        watched = files;
        change = nextChange(watched, signal);
      }
      packages = generation.project.packages;
      onGeneration(generation, performance.now() - startedAtMs);
    } catch (error) {
      const { source } = error as Partial<CodegenError>;
      mending = nextChangeBeside(source === undefined ? watched : [...watched, source.file], signal);
      onRefusal(error);
    }
    // Most of a generation is the start of a thread and of its packages: done while the author thinks.
    loader = startLoader(options.timeLimitMs);
    loader.warm(packages);
    await Promise.race([change.promise, mending?.promise ?? change.promise]);
    change.stop();
    mending?.stop();
  }
  await loader.stop();
}

interface Change {
  /** Resolves upon a change of one of the files, or when there is nothing more to wait for. */
  readonly promise: Promise<void>;
  stop(): void;
}

/** Folders are watched, not files: many editors replace a file by a new one. */
function nextChange(files: readonly string[], signal: AbortSignal): Change {
  const wanted = new Set(files);
  return nextChangeIn(files, (file) => wanted.has(file), signal);
}

/** Of any folder and any file that a module can be made of, in the folders of these: a log may lie there, too. */
function nextChangeBeside(files: readonly string[], signal: AbortSignal): Change {
  return nextChangeIn(files, (file) => /^$|^\.(?:[cm]?[jt]sx?|json)$/.test(extname(file)), signal);
}

function nextChangeIn(files: readonly string[], isWanted: (file: string) => boolean, signal: AbortSignal): Change {
  const { promise, resolve } = Promise.withResolvers<void>();
  let quiet: NodeJS.Timeout | undefined;
  const folders = new Set(files.map((file) => dirname(file)).filter((folder) => existsSync(folder)));
  const watchers = [...folders].map((folder) =>
    watch(folder, (_, name) => {
      if (name !== null && isWanted(join(folder, name))) {
        clearTimeout(quiet);
        quiet = setTimeout(stop, quietMs);
      }
    }),
  );
  signal.addEventListener("abort", stop);
  return { promise, stop };

  function stop(): void {
    clearTimeout(quiet);
    signal.removeEventListener("abort", stop);
    watchers.forEach((watcher) => watcher.close());
    resolve();
  }
}

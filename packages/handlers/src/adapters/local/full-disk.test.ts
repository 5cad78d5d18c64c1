import { readdir } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { bench, itemOf, smallWorld, temporaryFolder } from "../../../test/small-world.ts";
import { nodeFiles, writeFileAtomically } from "./atomic-file.ts";
import type { FileOperations } from "./atomic-file.ts";
import { localObjectStore } from "./object-store.ts";

const noSpace = () => Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });

/** A disk that takes half of a file and then no more. */
const fullDisk: FileOperations = {
  ...nodeFiles,
  writeFile: async (file, bytes) => {
    await nodeFiles.writeFile(file, bytes.slice(0, bytes.length / 2));
    throw noSpace();
  },
};

describe("on a full disk", () => {
  test("a file keeps its old bytes, and the error names it", async () => {
    const folder = await temporaryFolder();
    const file = path.join(folder, "aliases.json");
    await writeFileAtomically(file, "old");
    await expect(writeFileAtomically(file, "newer", fullDisk)).rejects.toMatchObject({
      name: "TransientDependencyError",
      message: `No space left to write ${file}: ENOSPC: no space left on device, write`,
    });
    expect(await readdir(folder)).toEqual(["aliases.json"]);
    expect(await localObjectStore(folder).list("")).toMatchObject([{ bytes: 3 }]);
  });

  test("an object that is made in a file leaves nothing", async () => {
    const folder = await temporaryFolder();
    const store = localObjectStore(folder);
    const filling = store.writeFile("runs/model.json", (making) => fullDisk.writeFile(making, "whole"));
    await expect(filling).rejects.toThrow("No space left to write");
    expect(await store.list("runs/")).toEqual([]);
    expect(await readdir(path.join(folder, "making"))).toEqual([]);
  });

  test("an engine's own words are understood", async () => {
    const store = localObjectStore(await temporaryFolder());
    const filling = store.writeFile("runs/snapshot.parquet", async () => {
      throw new Error('IO Error: Could not write file "making/x": No space left on device');
    });
    await expect(filling).rejects.toMatchObject({
      name: "TransientDependencyError",
      message: expect.stringMatching(/^No space left to write .*snapshot\.parquet: IO Error/),
    });
  });

  test("a step is tried again, gives up as data, and works when there is space", async () => {
    const home = await temporaryFolder();
    const world = await smallWorld(home);
    let full = true;
    const files: FileOperations = {
      ...nodeFiles,
      writeFile: (file, bytes) => (full ? fullDisk : nodeFiles).writeFile(file, bytes),
    };
    const { run } = bench({ home, world: world.folder, files });
    const ingest = () => run.IngestTrainingData(itemOf("merchant-churn"));
    await expect(ingest()).rejects.toMatchObject({ name: "TransientDependencyError" });
    await expect(ingest()).rejects.toMatchObject({ name: "TransientDependencyError" });
    const stopped = await ingest();
    expect(stopped).toMatchObject({ outcome: "FAILED", error: "TransientDependencyError" });
    expect(JSON.stringify(stopped)).toMatch(/No space left to write [^ ]+/);
    full = false;
    expect(await ingest()).toMatchObject({ outcome: "OK" });
    const left = await readdir(home, { recursive: true });
    expect(left.filter((file) => file.endsWith(".part") || /making./.test(file))).toEqual([]);
  });
});

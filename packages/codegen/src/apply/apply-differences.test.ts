import { describe, expect, test } from "vitest";
import { memoryFileSystem } from "../../test/memory-file-system.ts";
import type { MemoryFileSystem } from "../../test/memory-file-system.ts";
import type { PlannedFile } from "../plan/planned-file.ts";
import { applyDifferences } from "./apply-differences.ts";
import { compareWithDisk } from "./file-difference.ts";

const plan: readonly PlannedFile[] = [
  { policy: "generated", path: "a.json", text: "1\n2\n" },
  { policy: "generated", path: "b.json", text: "new\n" },
  { policy: "once", path: "handler.ts", text: "stub\n" },
  { policy: "report", path: "old", message: "nobody needs it" },
];

async function apply(disk: MemoryFileSystem): Promise<void> {
  await applyDifferences(await compareWithDisk(plan, "/p", disk), "/p", disk);
}

describe("comparing a plan with the disk", () => {
  test("tells what is missing, and what differs from which line on", async () => {
    const disk = memoryFileSystem({ "/p/a.json": "1\n3\n", "/p/handler.ts": "written by hand\n" });
    expect(await compareWithDisk(plan, "/p", disk)).toEqual([
      { path: "a.json", kind: "changed", text: "1\n2\n", line: 2 },
      { path: "b.json", kind: "missing", text: "new\n" },
    ]);
  });

  test("a file that only lacks its end differs there", async () => {
    const disk = memoryFileSystem({ "/p/a.json": "1\n" });
    const [difference] = await compareWithDisk(plan.slice(0, 1), "/p", disk);
    expect(difference).toMatchObject({ kind: "changed", line: 2 });
  });
});

describe("applying", () => {
  test("writes what differs and leaves the rest", async () => {
    const disk = memoryFileSystem({ "/p/handler.ts": "written by hand\n" });
    await apply(disk);
    expect(Object.fromEntries(disk.files)).toEqual({
      "/p/a.json": "1\n2\n",
      "/p/b.json": "new\n",
      "/p/handler.ts": "written by hand\n",
    });
  });

  test("a second time there is nothing to do", async () => {
    const disk = memoryFileSystem();
    await apply(disk);
    expect(await compareWithDisk(plan, "/p", disk)).toEqual([]);
  });

  test("a disk that refuses one write keeps every old file", async () => {
    const old = { "/p/a.json": "old\n", "/p/b.json": "old\n", "/p/handler.ts": "mine\n" };
    const disk = memoryFileSystem(old, (operation, path) => {
      if (operation === "write" && path.includes("b.json")) throw new Error("ENOSPC: no space left on device");
    });
    await expect(apply(disk)).rejects.toMatchObject({
      code: "WRITE_FAILED",
      message: "Cannot write b.json: ENOSPC: no space left on device. Nothing was changed.",
    });
    expect(Object.fromEntries(disk.files)).toEqual(old);
  });

  test("a rename that fails leaves whole files only and says which are new", async () => {
    const disk = memoryFileSystem({ "/p/b.json": "old\n", "/p/handler.ts": "mine\n" }, (operation, path) => {
      if (operation === "rename" && path === "/p/b.json") throw new Error("EPERM");
    });
    await expect(apply(disk)).rejects.toThrow("Cannot write b.json: EPERM. Replaced before: a.json.");
    expect(Object.fromEntries(disk.files)).toEqual({
      "/p/a.json": "1\n2\n",
      "/p/b.json": "old\n",
      "/p/handler.ts": "mine\n",
    });
  });
});

import { appendFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../../test/small-world.ts";
import type { Notification, ServingVersion, StepKey } from "../../ports.ts";
import { localAliasStore } from "./alias-store.ts";
import { localLedger } from "./ledger.ts";
import { localObjectStore } from "./object-store.ts";
import { localOutbox } from "./outbox.ts";
import { resetHome } from "./reset-home.ts";
import { safeSegment } from "./safe-segment.ts";

const stepKey: StepKey = { modelId: "card-fraud", runId: "2026-09", step: "train", inputHash: "0123456789abcdef0123" };

describe("the object store", () => {
  test("names an object by what it holds, lists in order, and gives only its own", async () => {
    const folder = await temporaryFolder();
    const store = localObjectStore(path.join(folder, "home"));
    const artifact = await store.writeFile(
      (sha256) => `runs/b-${sha256.slice(0, 4)}`,
      (making) => writeFile(making, "b"),
    );
    await store.write("runs/a/deep", "a");
    expect(artifact).toMatchObject({ bytes: 1, sha256: expect.stringMatching(/^3e23e816/) });
    expect((await store.list("runs/")).map(({ uri }) => path.basename(uri))).toEqual(["deep", "b-3e23"]);
    expect(await store.list("nothing/")).toEqual([]);
    await writeFile(path.join(folder, "secret"), "s");
    const outside = artifact.uri.replace(/home\/.*/, "secret");
    await expect(store.read(outside)).rejects.toThrow("is no object of this store");
    await expect(store.read("s3://bucket/key")).rejects.toThrow("wanted a file:// URI below");
    await expect(store.read(`${artifact.uri}-gone`)).rejects.toThrow(`There is no object ${artifact.uri}-gone.`);
  });

  test.each([
    ["a host", "file://elsewhere/home/x"],
    ["a slash in disguise", "file:///home/..%2f..%2fetc/passwd"],
    ["its own folder", "file:///"],
  ])("refuses a URI with %s for good", async (_what, uri) => {
    const store = localObjectStore(await temporaryFolder());
    await expect(store.read(uri)).rejects.toMatchObject({ name: "SourceUnreadableError" });
  });

  test.each(["../beside", "jobs/../../beside/model.json", ".."])(
    "writes and lists nothing outside: %s",
    async (key) => {
      const folder = await temporaryFolder();
      const store = localObjectStore(path.join(folder, "home"));
      const refused = {
        name: "SourceUnreadableError",
        message: expect.stringContaining(`${key} is no key of this store`),
      };
      await expect(store.write(key, "x")).rejects.toMatchObject(refused);
      await expect(
        store.writeFile(
          () => key,
          (making) => writeFile(making, "x"),
        ),
      ).rejects.toMatchObject(refused);
      await expect(store.list(key)).rejects.toMatchObject(refused);
      expect(await readdir(folder)).not.toContain("beside");
    },
  );

  test("takes names with dots for names", async () => {
    const store = localObjectStore(await temporaryFolder());
    const { uri } = await store.write("runs/..hidden", "x");
    expect(Buffer.from(await store.read(uri)).toString()).toBe("x");
  });
});

describe("the ledger", () => {
  test("keeps the first result unless told to replace it", async () => {
    const ledger = localLedger(await temporaryFolder());
    expect(await ledger.result(stepKey)).toBeUndefined();
    await ledger.record(stepKey, { value: 1 });
    await ledger.record(stepKey, { value: 2 });
    expect(await ledger.result(stepKey)).toEqual({ value: 1 });
    await ledger.record(stepKey, { value: 3 }, { replace: true });
    expect(await ledger.result(stepKey)).toEqual({ value: 3 });
    expect(await ledger.result({ ...stepKey, inputHash: "fedcba9876543210" })).toBeUndefined();
  });

  test("counts attempts until there is a result, also for two that begin at once", async () => {
    const ledger = localLedger(await temporaryFolder());
    const counts = await Promise.all([ledger.beginAttempt(stepKey), ledger.beginAttempt(stepKey)]);
    expect(Math.max(...counts)).toBe(2);
    expect(await ledger.beginAttempt(stepKey)).toBe(3);
    await ledger.record(stepKey, {});
    expect(await ledger.beginAttempt(stepKey)).toBe(1);
  });

  test("refuses names that would lead elsewhere", async () => {
    const ledger = localLedger(await temporaryFolder());
    await expect(async () => ledger.result({ ...stepKey, runId: "../x" })).rejects.toThrow(
      '"../x" is no name for a file',
    );
    expect(() => safeSegment(".")).toThrow("is no name for a file");
  });
});

describe("the alias store", () => {
  test("moves only from the champion that the mover saw", async () => {
    const folder = await temporaryFolder();
    const aliases = localAliasStore(folder, { nowEpochMs: () => Date.now() });
    await aliases.move("card-fraud", undefined, { champion: version("v1") });
    await expect(aliases.move("card-fraud", undefined, { champion: version("v2") })).rejects.toMatchObject({
      name: "EndpointBusy",
      message: "The champion of card-fraud is v1; this deployment began when it was nobody.",
    });
    await aliases.move("card-fraud", "v1", { champion: version("v2"), previous: version("v1") });
    expect((await aliases.read("card-fraud")).previous?.version).toBe("v1");
    expect(await readdir(path.join(folder, "card-fraud"))).toEqual(["aliases.json"]);
    await mkdir(path.join(folder, "auth-decline/versions"), { recursive: true });
    expect(await aliases.champions()).toEqual(["card-fraud"]);
    expect(await localAliasStore(path.join(folder, "none"), { nowEpochMs: () => 0 }).champions()).toEqual([]);
  });

  test("lets one of two deployments win", async () => {
    const aliases = localAliasStore(await temporaryFolder(), { nowEpochMs: () => Date.now() });
    const moves = ["v1", "v2"].map((name) => aliases.move("card-fraud", undefined, { champion: version(name) }));
    const outcomes = await Promise.allSettled(moves);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  });

  test("takes over from a deployment that died, but not from one at work", async () => {
    const folder = await temporaryFolder();
    await mkdir(path.join(folder, "card-fraud/aliases.json.lock"), { recursive: true });
    const now = Date.now();
    const move = (nowEpochMs: number) =>
      localAliasStore(folder, { nowEpochMs: () => nowEpochMs }).move("card-fraud", undefined, {
        champion: version("v1"),
      });
    await expect(move(now)).rejects.toMatchObject({ name: "EndpointBusy" });
    await expect(move(now + 60_000)).resolves.toBeUndefined();
  });
});

describe("the outbox", () => {
  test("sends each key once, whoever asks, and survives a line cut short", async () => {
    const folder = await temporaryFolder();
    const outbox = localOutbox(folder);
    const both = await Promise.all([outbox.notify(note("a")), outbox.notify(note("a"))]);
    expect(both.map(({ sent }) => sent)).toEqual([true, false]);
    expect(await localOutbox(folder).notify(note("a"))).toEqual({ sent: false });
    await appendFile(path.join(folder, "outbox.jsonl"), '{"key": "b", "subj');
    expect(await localOutbox(folder).notify(note("b"))).toEqual({ sent: true });
    const lines = (await readFile(path.join(folder, "outbox.jsonl"), "utf8")).trim().split("\n");
    expect(lines.length).toBe(3);
    expect(JSON.parse(lines.at(-1) ?? "")).toEqual(note("b"));
  });
});

test("a reset removes what runs made, and nothing else", async () => {
  const home = await temporaryFolder();
  await localObjectStore(home).write("runs/x", "x");
  await writeFile(path.join(home, "mine.txt"), "mine");
  await resetHome(home);
  expect(await readdir(home)).toEqual(["mine.txt"]);
});

function version(name: string): ServingVersion {
  return { version: name, modelUri: "", modelSha256: "", baselineUri: "", featureNames: [] };
}

function note(key: string): Notification {
  return { key, subject: key, detail: {} };
}

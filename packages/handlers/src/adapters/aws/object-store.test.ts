import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { awsBench } from "../../../test/aws-bench.ts";

describe("objects in S3", async () => {
  const { aws, ports, time, home } = await awsBench();
  const { objects } = ports;
  const gets = () => aws.asked.filter(({ operation }) => operation.startsWith("GET ")).length;
  const copies = async () => readdir(path.join(home, "tmp"));

  test("are written once: who comes second gets what the first one wrote", async () => {
    const first = await objects.write("jobs/a/model.json", "first");
    expect(await objects.write("jobs/a/model.json", "second, and longer")).toEqual(first);
    expect(Buffer.from(await objects.read(first.uri)).toString()).toBe("first");
  });

  test("that were made in a file are read from there, or from S3 when somebody was faster", async () => {
    const make = (text: string) => objects.writeFile("runs/b", (file) => writeFile(file, text));
    const before = gets();
    const { uri } = await make("mine");
    expect(await readFile(await objects.localPath(uri), "utf8")).toBe("mine");
    expect(gets()).toBe(before);
    aws.objects.set("runs/retrain/runs/c", Buffer.from("theirs"));
    const other = await objects.writeFile("runs/c", (file) => writeFile(file, "mine"));
    expect(other).toMatchObject({ bytes: "theirs".length });
    expect(await readFile(await objects.localPath(other.uri), "utf8")).toBe("theirs");
  });

  test("without a checksum cannot be compared, and are not taken for ours", async () => {
    aws.objects.set("runs/retrain/runs/d", Buffer.from("x"));
    aws.overrides.set("HEAD runs/retrain/runs/d", () => ({ "content-length": "1" }));
    await expect(objects.write("runs/d", "y")).rejects.toMatchObject({
      name: "SourceUnreadableError",
      message: "s3://runs/retrain/runs/d was written by somebody else, without a checksum.",
    });
    aws.overrides.clear();
  });

  test("are copied to this machine once, until they change", async () => {
    const uri = "s3://data/raw/payments/month=2026-08/part.parquet";
    aws.objects.set("data/raw/payments/month=2026-08/part.parquet", Buffer.from("old"));
    const before = gets();
    const [first, again] = [await ports.raw.localPath(uri), await ports.raw.localPath(uri)];
    expect(again).toBe(first);
    expect(gets()).toBe(before + 1);
    aws.objects.set("data/raw/payments/month=2026-08/part.parquet", Buffer.from("new"));
    const changed = await ports.raw.localPath(uri);
    expect([await readFile(first, "utf8"), await readFile(changed, "utf8")]).toEqual(["old", "new"]);
  });

  test("leave the machine when no invocation can be reading them any more", async () => {
    const kept = await ports.raw.localPath("s3://data/raw/payments/month=2026-08/part.parquet");
    time.nowEpochMs += 14 * 60_000;
    await objects.writeFile("runs/e", (file) => writeFile(file, "e"));
    expect(await copies()).toContain(path.basename(kept));
    time.nowEpochMs += 2 * 60_000;
    await objects.writeFile("runs/f", (file) => writeFile(file, "f"));
    expect(await copies()).not.toContain(path.basename(kept));
    expect((await copies()).length).toBe(2);
  });

  test("with long names fit into a file system", async () => {
    const key = `deep/${"x".repeat(900)}.parquet`;
    aws.objects.set(`data/raw/${key}`, Buffer.from("x"));
    expect(await readFile(await ports.raw.localPath(`s3://data/raw/${key}`), "utf8")).toBe("x");
  });

  test.each([
    "s3://data/other/secret",
    "s3://another/raw/x",
    "s3://data/raw/",
    "file:///etc/passwd",
    "s3://data/rawest/x",
    "https://data/raw/x",
  ])("outside of the store are nobody's to give: %s", async (uri) => {
    const before = aws.asked.length;
    await expect(ports.raw.read(uri)).rejects.toMatchObject({ name: "SourceUnreadableError" });
    await expect(ports.raw.localPath(uri)).rejects.toThrow("wanted a URI below s3://data/raw/.");
    expect(aws.asked.length).toBe(before);
  });

  test("that would fill the memory are not read", async () => {
    aws.objects.set("data/raw/huge", Buffer.from("x"));
    aws.overrides.set("GET data/raw/huge", () => ({ "content-length": String(300 * 1024 * 1024) }));
    await expect(ports.raw.read("s3://data/raw/huge")).rejects.toMatchObject({
      name: "SourceUnreadableError",
      message: expect.stringContaining("has 314572800 bytes; wanted at most 268435456"),
    });
    aws.overrides.clear();
  });

  test("that are absent may still come", async () => {
    const absent = { name: "TransientDependencyError", message: "There is no object s3://data/raw/none." };
    await expect(ports.raw.read("s3://data/raw/none")).rejects.toMatchObject(absent);
    await expect(ports.raw.localPath("s3://data/raw/none")).rejects.toMatchObject(absent);
  });

  test("are listed without what consoles and writers leave between them", async () => {
    const keys = ["list/", "list/a.parquet", "list/_SUCCESS", "list/.crc", "list/b.parquet"];
    for (const key of keys) aws.objects.set(`data/raw/${key}`, Buffer.from(key));
    expect((await ports.raw.list("list/")).map(({ key }) => key)).toEqual(["list/a.parquet", "list/b.parquet"]);
  });
});

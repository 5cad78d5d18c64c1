import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { Webhook } from "./webhook.ts";

/** A receiver that answers with the given statuses, then with 200. */
async function receiver(...statuses: readonly number[]) {
  const received: unknown[] = [];
  let asked = 0;
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      const status = statuses[asked++] ?? 200;
      if (status === 200) received.push(JSON.parse(body));
      response.writeHead(status).end();
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/events`,
    received,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

test("events arrive in their order; a receiver that is down is asked again, later each time", async () => {
  await using to = await receiver(503, 503, 429);
  const said: string[] = [];
  const waited: number[] = [];
  const webhook = new Webhook({ url: to.url, say: (text) => said.push(text), wait: async (ms) => waited.push(ms) });
  for (let n = 1; n <= 5; n += 1) webhook.send({ n });
  await expect.poll(() => to.received).toEqual([1, 2, 3, 4, 5].map((n) => ({ n })));
  await webhook.close();
  expect(waited).toEqual([500, 1000, 2000]);
  expect(said).toEqual([
    `${to.url} takes no status events: HTTP 503; they wait and are sent again\n`,
    `${to.url} takes status events again\n`,
  ]);
});

test("an event that the receiver finds wrong is not sent again", async () => {
  await using to = await receiver(400);
  const said: string[] = [];
  const webhook = new Webhook({ url: to.url, say: (text) => said.push(text) });
  webhook.send({ n: 1 });
  webhook.send({ n: 2 });
  await expect.poll(() => to.received).toEqual([{ n: 2 }]);
  await webhook.close();
  expect(said).toEqual([`${to.url} refused a status event: HTTP 400\n`]);
});

test("the queue is bounded: the oldest are lost, and it is said how many", async () => {
  await using to = await receiver(503);
  const said: string[] = [];
  const pause = Promise.withResolvers<void>();
  const webhook = new Webhook({
    url: to.url,
    maxQueued: 3,
    say: (text) => said.push(text),
    wait: async () => pause.promise,
  });
  for (let n = 1; n <= 10; n += 1) webhook.send({ n });
  await expect.poll(() => said).toHaveLength(1);
  pause.resolve();
  await expect.poll(() => to.received).toEqual([{ n: 8 }, { n: 9 }, { n: 10 }]);
  await webhook.close();
  expect(said[1]).toBe(`${to.url} takes status events again; 7 were lost\n`);
});

test("when the service ends, what is left is tried once more", async () => {
  await using to = await receiver(503);
  const said: string[] = [];
  const webhook = new Webhook({ url: to.url, say: (text) => said.push(text) });
  webhook.send({ n: 1 });
  await expect.poll(() => said).toHaveLength(1);
  await webhook.close();
  expect(to.received).toEqual([{ n: 1 }]);

  const down = new Webhook({ url: "http://127.0.0.1:1/", say: (text) => said.push(text) });
  down.send({ n: 1 });
  await down.close();
  expect(said.at(-1)).toBe("1 status event never reached http://127.0.0.1:1/\n");
});

/** Our own service and the real client: whatever call a deployment breaks at, and whoever else edits, callers are safe. */
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { StepFunctionsService, createHttpDoor } from "@stepwright/local-runner/service";
import { applyPlan, connect, observe, planDeployment } from "@stepwright/deploy";
import type { Clock, DeployClients, DesiredStateMachine } from "@stepwright/deploy";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

let service: StepFunctionsService;
let endpoint: string;
let closeDoor: () => void;

beforeAll(async () => {
  service = new StepFunctionsService();
  const door = createHttpDoor(service, { onBug: (reason) => expect.fail(String(reason)) });
  door.listen(0, "127.0.0.1");
  await once(door, "listening");
  endpoint = `http://127.0.0.1:${(door.address() as AddressInfo).port}`;
  closeDoor = () => {
    door.closeAllConnections();
    door.close();
  };
});

afterAll(() => {
  closeDoor();
  service.close();
});

interface Watched {
  readonly clients: DeployClients;
  readonly calls: string[];
  /** The call with this number, from the next one on, fails: before it is sent, or when its answer comes. */
  breakAt(number: number, moment: "before" | "after"): void;
}

/** As much of an SDK client as takes part in each of its calls. */
interface SdkClient {
  readonly middlewareStack: {
    add(
      middleware: (
        next: (args: unknown) => Promise<unknown>,
        context: { readonly commandName?: string },
      ) => (args: unknown) => Promise<unknown>,
      options: { readonly step: "initialize"; readonly name: string },
    ): void;
  };
}

/** The real client, watched from inside. */
async function watchedClients(): Promise<Watched> {
  const { clients } = await connect({ endpoint, environment: {}, maxAttempts: 1 });
  const calls: string[] = [];
  let broken = { at: 0, moment: "before" };
  (clients.states as unknown as SdkClient).middlewareStack.add(
    (next, context) => async (args) => {
      calls.push(context.commandName ?? "");
      const breaks = calls.length === broken.at;
      if (breaks && broken.moment === "before") throw new Error("connection lost");
      const answer = await next(args);
      if (breaks) throw new Error("connection lost");
      return answer;
    },
    { step: "initialize", name: "watched" },
  );
  return {
    clients,
    calls,
    breakAt(number, moment) {
      broken = { at: calls.length + number, moment };
    },
  };
}

const noTime: Clock = { wait: async () => {} };
const isChange = (call: string) => /^(?:Create|Update|Delete|Publish|Tag|Start)/.test(call);

const desiredOf = (name: string, comment: string): DesiredStateMachine => ({
  arn: `arn:aws:states:us-east-1:123456789012:stateMachine:${name}`,
  definition: { Comment: comment, StartAt: "Done", States: { Done: { Type: "Succeed" } } },
  roleArn: "arn:aws:iam::123456789012:role/local",
  type: "STANDARD",
  alias: "live",
  tags: { release: comment },
  shift: { kind: "LINEAR", percentage: 50, intervalSeconds: 10, bakeSeconds: 10, pollSeconds: 10 },
  smoke: { input: "{}", timeoutSeconds: 60 },
  keepVersions: 2,
});

async function deploy({ clients }: Pick<Watched, "clients">, desired: DesiredStateMachine) {
  return applyPlan(planDeployment(desired, await observe(desired, clients)), clients, { clock: noTime });
}

async function endOf({ clients }: Watched, desired: DesiredStateMachine) {
  const observed = await observe(desired, clients);
  const { executions } = await clients.states.listExecutions({ stateMachineArn: desired.arn });
  return {
    definition: observed?.definition,
    tags: observed?.tags,
    routes: observed?.alias?.routes.map(({ versionArn, weight }) => [versionArn.split(":").at(-1), weight]),
    versions: observed?.versions.map(({ arn }) => arn.split(":").at(-1)),
    smokeExecutions: executions?.length,
  };
}

async function editByHand({ clients }: Watched, { arn }: DesiredStateMachine): Promise<void> {
  const definition = JSON.stringify({ StartAt: "Console", States: { Console: { Type: "Succeed" } } });
  await clients.states.updateStateMachine({ stateMachineArn: arn, definition });
}

describe("a deployment that breaks off", { timeout: 120_000 }, () => {
  test.each(["before", "after"] as const)("%s any call is finished by the next one", async (moment) => {
    const watched = await watchedClients();
    await deploy(watched, desiredOf(`Whole${moment}`, "one"));
    await deploy(watched, desiredOf(`Whole${moment}`, "two"));
    const from = watched.calls.length;
    await deploy(watched, desiredOf(`Whole${moment}`, "three"));
    const count = watched.calls.length - from;
    const wanted = await endOf(watched, desiredOf(`Whole${moment}`, "three"));
    expect(wanted).toMatchObject({ routes: [["3", 100]], versions: ["3", "2"], smokeExecutions: 3 });

    for (let k = 1; k <= count; k += 1) {
      const [one, two, three] = ["one", "two", "three"].map((comment) => desiredOf(`Broken${moment}${k}`, comment)) as [
        DesiredStateMachine,
        DesiredStateMachine,
        DesiredStateMachine,
      ];
      await deploy(watched, one);
      await deploy(watched, two);
      watched.breakAt(k, moment);
      await expect(deploy(watched, three), `call ${k}`).rejects.toThrow("connection lost");
      await deploy(watched, three);
      expect(await endOf(watched, three), `call ${k} of ${count}`).toEqual(wanted);
      const before = watched.calls.length;
      await deploy(watched, three);
      expect(watched.calls.slice(before).filter(isChange), `nothing is left to do after call ${k}`).toEqual([]);
    }
  });
});

describe("somebody else's edit", () => {
  test("between plan and deployment is not overwritten", async () => {
    const watched = await watchedClients();
    await deploy(watched, desiredOf("Edited", "one"));
    const desired = desiredOf("Edited", "two");
    const plan = planDeployment(desired, await observe(desired, watched.clients));
    await editByHand(watched, desired);
    const before = watched.calls.length;
    await expect(applyPlan(plan, watched.clients, { clock: noTime })).rejects.toMatchObject({
      code: "CHANGED_MEANWHILE",
    });
    expect(watched.calls.slice(before).filter(isChange)).toEqual([]);
    expect((await observe(desired, watched.clients))?.definition.StartAt).toBe("Console");
  });

  test("between the update and its publication leaves callers on the old version", async () => {
    const watched = await watchedClients();
    await deploy(watched, desiredOf("Raced", "one"));
    const desired = desiredOf("Raced", "two");
    const { states } = watched.clients;
    const raced: DeployClients = {
      ...watched.clients,
      states: new Proxy(states, {
        get: (target, name, receiver) =>
          name === "publishStateMachineVersion"
            ? async (input: Parameters<typeof states.publishStateMachineVersion>[0]) => {
                await editByHand(watched, desired);
                return states.publishStateMachineVersion(input);
              }
            : (Reflect.get(target, name, receiver) as unknown),
      }),
    };
    await expect(deploy({ clients: raced }, desired)).rejects.toMatchObject({ code: "CHANGED_MEANWHILE" });
    expect((await endOf(watched, desired)).routes).toEqual([["1", 100]]);
  });
});

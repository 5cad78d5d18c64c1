/** The starter as its environment makes it: the schedule's event in, what was started out. */
import { createPort, modelCatalog, parseS3Location } from "@stepwright/handlers";
import type { PortOptions } from "@stepwright/handlers";
import { planMonthlyStart } from "./monthly-start.ts";
import type { ManifestFolder, MonthlyStart } from "./monthly-start.ts";
import { productionModels } from "./production-models.ts";
import { startMonthly } from "./start-monthly.ts";
import type { Executions, Started } from "./start-monthly.ts";

export interface StarterOptions extends PortOptions {
  /** `PRODUCTION_MODELS`, the ARNs, and what the object store and the aliases need. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly executions: () => Promise<Executions>;
}

/**
 * - `catalog`: every model that the handlers know, also one that never was deployed
 * - `champions`: every model that somebody is served by, whoever knows it
 */
type ModelSource = "catalog" | "champions";

export interface StarterAnswer extends Started {
  readonly name: string;
  readonly models: number;
  readonly kind: MonthlyStart["kind"];
}

/** @throws RangeError, naming the event's member or the variable, for what is absent or wrong */
export function monthlyStarter(options: StarterOptions): (event: unknown) => Promise<StarterAnswer> {
  const { environment, executions, ...portOptions } = options;
  const catalog = portOptions.catalog ?? modelCatalog();
  const objects = () => createPort("objects", environment, portOptions);
  const modelIds: Readonly<Record<ModelSource, () => Promise<readonly string[]>>> = {
    catalog: async () => catalog.modelIds,
    champions: async () => (await createPort("aliases", environment, portOptions)).champions(),
  };

  return async (event) => {
    const { STATE_MACHINE_ARN: items, MANIFEST_STATE_MACHINE_ARN: manifest } = environment;
    if (!items) throw new RangeError("STATE_MACHINE_ARN is absent; wanted the ARN of the first pipeline's alias.");
    const models = productionModels(await modelIds[modelSource(environment)](), catalog);
    const start = planMonthlyStart({
      scheduledTime: scheduledTimeOf(event),
      models,
      ...(manifest ? { manifests: manifestFolder(environment["RETRAIN_OBJECTS"]) } : {}),
    });
    const strangers = models.filter(({ modelId }) => catalog.find(modelId) === undefined);
    if (start.kind === "items" && strangers.length > 0) {
      // The first handler would refuse it, and with it the whole batch.
      throw new RangeError(
        `No handler knows ${strangers.map(({ modelId }) => modelId).join(", ")}; wanted models of the catalog: ${catalog.modelIds.join(", ")}.`,
      );
    }
    const started = await startMonthly(
      start,
      { items, ...(manifest ? { manifest } : {}) },
      { executions: await executions(), writeManifest: async (key, text) => (await objects()).write(key, text) },
    );
    return { name: start.name, kind: start.kind, models: models.length, ...started };
  };
}

function scheduledTimeOf(event: unknown): string {
  const time =
    typeof event === "object" && event !== null && "scheduledTime" in event ? event.scheduledTime : undefined;
  if (typeof time === "string") return time;
  throw new RangeError(
    `The event has ${time === undefined ? "no scheduledTime" : `the scheduledTime ${JSON.stringify(time)}`}; ` +
      'wanted {"scheduledTime": "2026-11-01T03:00:00Z"}.',
  );
}

function modelSource(environment: StarterOptions["environment"]): ModelSource {
  const source = environment["PRODUCTION_MODELS"] || "catalog";
  if (source === "catalog" || source === "champions") return source;
  throw new RangeError(`PRODUCTION_MODELS is "${source}"; wanted catalog or champions.`);
}

function manifestFolder(uri: string | undefined): ManifestFolder {
  const folder = parseS3Location(uri ?? "");
  if (folder !== undefined) return folder;
  throw new RangeError(`RETRAIN_OBJECTS is ${uri === undefined ? "absent" : `"${uri}"`}; wanted s3://bucket/prefix.`);
}

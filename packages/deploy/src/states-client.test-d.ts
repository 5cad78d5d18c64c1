import type { CloudWatch } from "@aws-sdk/client-cloudwatch";
import type { Scheduler } from "@aws-sdk/client-scheduler";
import type { SFN } from "@aws-sdk/client-sfn";
import { expectTypeOf } from "vitest";
import type { ScheduleClient } from "./schedule.ts";
import type { StatesClient } from "./states-client.ts";
import type { AlarmsClient } from "./version-health.ts";

expectTypeOf<SFN>().toExtend<StatesClient>();
expectTypeOf<Scheduler>().toExtend<ScheduleClient>();
expectTypeOf<CloudWatch>().toExtend<AlarmsClient>();

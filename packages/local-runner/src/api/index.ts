// The service
export { StepFunctionsService } from "./service.ts";
export type { CallOptions, ServiceOptions, ServiceStatistics } from "./service.ts";
export { ServiceError } from "./service-error.ts";
export type { EventOwner, ExecutionRecord, MachineRevision, MachineType, Payload, RecordedStatus } from "./records.ts";
export { isOperationName } from "./request-shapes.ts";
export type { OperationName } from "./request-shapes.ts";
// Logs and events
export { logRecordOf } from "./log-record.ts";
export { statusEventOf } from "./status-event.ts";
// What survives the process
export { JournalError } from "../journal/journal.ts";
export type { Journal, JournalEntry, RecordedCall, RecordedEnd, ToldEvent } from "../journal/journal.ts";
export { sqliteJournal } from "../journal/sqlite-journal.ts";
export type { SqliteJournalOptions } from "../journal/sqlite-journal.ts";
// Over HTTP
export { createHttpDoor } from "../http/http-door.ts";
export type { HttpDoorOptions } from "../http/http-door.ts";

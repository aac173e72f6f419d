export { writeFileDurably } from "../../rehearsal/engine/backend/durable-file";

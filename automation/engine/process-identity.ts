export { isProvenGone, ownProcess, type ProcessIdentity } from "../../rehearsal/engine/backend/process-identity";

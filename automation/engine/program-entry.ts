export { programEntry, type ProgramEntry } from "../../rehearsal/program/program-entry";

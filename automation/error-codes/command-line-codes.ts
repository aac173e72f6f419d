import type { ErrorCodes } from "./error-code";

/** Errors of what was asked for. */
export const commandLineCodes: ErrorCodes = {
  "options-exclude-each-other": {
    exit: "usage",
    words: ["each say what is brought up"],
    meaning: "Two options were given that each say which stacks are brought up.",
    remedy: "Leave all but one of --all, --resume, --remote and --bundle out.",
  },
  "option-without-bundle": {
    exit: "usage",
    words: ["is about a bundle, and none is named", "are about a bundle, and none is written"],
    meaning: "An option was given that only means something together with a bundle.",
    remedy: "Name the bundle's file with --bundle, or leave the option out.",
  },
  "options-belong-together": {
    exit: "usage",
    words: ["go together: one is given"],
    meaning: "One of two options was given that mean nothing alone.",
    remedy: "Give both, or neither.",
  },
  "remote-is-cloud-only": {
    exit: "usage",
    words: ["--remote works on real clouds only"],
    meaning: "Pulumi Deployments was to bring a rehearsal up; it reaches real clouds only.",
    remedy: "Leave out --target rehearsal, or leave out --remote.",
  },
  "protection-is-rehearsal-only": {
    exit: "usage",
    words: ["--remove-protection works on a rehearsal only"],
    meaning: "Protection was to be taken off in a real cloud from the command line, where no one reviews it.",
    remedy: "Take protection off in the program or its configuration, have that reviewed and applied, then destroy.",
  },
  "number-out-of-range": {
    exit: "usage",
    words: ["takes a number of days from"],
    meaning: "An option takes a number, and got something else.",
    remedy: "Give a whole number within the bounds that the message names.",
  },
  "nothing-to-write": {
    exit: "usage",
    words: ["nothing to write: neither"],
    meaning: "A verb that writes files was given no file.",
    remedy: "Name at least one of the files that the message lists.",
  },
  "file-not-written": {
    exit: "fault",
    words: [" cannot be written: "],
    meaning: "A file could not be written. What was there before is as it was.",
    remedy: "Name a file in a folder that exists, that you may write to and that has room.",
  },
  "file-not-read": {
    exit: "usage",
    words: [" cannot be read: "],
    meaning: "A settings file is there and is not what it has to be, or you may not read it.",
    remedy: "Correct what the message names; an editor checks the file with its JSON Schema in docs/.",
  },
  "program-not-run": {
    exit: "usage",
    words: [" cannot be run: "],
    meaning: "The command after -- could not be started.",
    remedy: "Name a program on PATH, with its arguments after it.",
  },
  "unknown-error-code": {
    exit: "usage",
    words: ["there is no error code "],
    meaning: "trunkline explain was asked about a code that no error has.",
    remedy: "Copy the code from the line after the error; trunkline explain alone lists all of them.",
  },
};

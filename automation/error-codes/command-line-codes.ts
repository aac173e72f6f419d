import type { ErrorCodes } from "./error-code";

/** Errors of what was asked for. */
export const commandLineCodes: ErrorCodes = {
  "options-exclude-each-other": {
    exit: "usage",
    words: ["each say what is brought up", "--report tells of a run from here"],
    meaning: "Two options were given that exclude each other, such as two that each say which stacks are brought up.",
    remedy: "Leave all but one of --all, --resume, --remote and --bundle out, and --report beside --remote.",
  },
  "option-without-bundle": {
    exit: "usage",
    words: [
      "is about a bundle, and none is named",
      "are about a bundle, and none is written",
      "is about bundles, and none are written",
      "is about bundles, and the last run applies none",
    ],
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
  "init-cannot-begin": {
    exit: "usage",
    words: ["init cannot begin"],
    meaning: "Answers are missing, or are names that a vendor refuses; the message lists all of them.",
    remedy: "Give each with its option, or run init on a terminal, where it asks.",
  },
  "another-program": {
    exit: "usage",
    words: ["there is another Pulumi program", "is that of the project in "],
    meaning: "The folder has a Pulumi program that init did not write, or another project has the name already.",
    remedy: "Choose another folder with --directory, or another name with --name.",
  },
  "es-modules-at-root": {
    exit: "usage",
    words: ["and the program is CommonJS"],
    meaning:
      "The root's package.json makes every file an ES module, and Pulumi reads outputs from a CommonJS one as a whole.",
    remedy: "Write the program into a folder of its own: trunkline init --directory platform.",
  },
  "changes-in-no-commit": {
    exit: "refused",
    words: ["changes of these files are in no commit"],
    meaning: "Files that would be changed have changes that are in no commit, so that no one could tell them apart.",
    remedy: "Commit or stash them, or change them anyway with --allow-dirty.",
  },
  "never-initialised": {
    exit: "usage",
    words: ["has no record of trunkline init"],
    meaning: "upgrade looks for what init has written, and the repository has no record of it.",
    remedy: "Begin with trunkline init.",
  },
  "init-record-faulty": {
    exit: "usage",
    words: ["is not what trunkline init writes"],
    meaning: "trunkline.init.json was changed by hand, or merged wrongly.",
    remedy: "Put it back from git, or remove it: init then asks about each file that differs.",
  },
  "package-json-faulty": {
    exit: "usage",
    words: ["package.json is not one of a package"],
    meaning: "package.json is no JSON object, so that nothing can be added to it.",
    remedy: "Correct the file.",
  },
  "outputs-without-format": {
    exit: "usage",
    words: ["hand outputs over to other programs"],
    meaning: "A file or secrets were asked for without the form in which outputs are handed over.",
    remedy: "Say the form as well: --format json, env, tfvars or github.",
  },
  "secrets-to-print": {
    exit: "usage",
    words: ["secrets are written to a file and never printed"],
    meaning: "Outputs were asked for with their secrets, and would have been printed.",
    remedy: "Name a file, which only you will be able to read: --output FILE.",
  },
  "outputs-same-name": {
    exit: "usage",
    words: [" both get the name "],
    meaning: "Two outputs differ in signs alone that no variable has in its name.",
    remedy: "Use --format json, which keeps names as they are, or rename one of the outputs.",
  },
  "output-not-for-shell": {
    exit: "usage",
    words: ["holds a NUL, which no variable can"],
    meaning: "An output has a character in it that no variable of a process can hold.",
    remedy: "Use --format json.",
  },
  "report-without-history": {
    exit: "usage",
    words: [],
    meaning: "A page of the last update was asked for, and the stack was never updated.",
    remedy: "Bring the environment up first, or name a file to make the page of: trunkline report FILE.",
  },
  "report-not-understood": {
    exit: "usage",
    words: [],
    meaning:
      "A file is none that a report page can be made of: no report of trunkline ci, no bundle and no record of a release, or one of another version.",
    remedy: "Name such a file, and use the version of trunkline that wrote it.",
  },
};

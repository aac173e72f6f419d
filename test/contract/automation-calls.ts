import type {
  DestroyOptions,
  GlobalOpts,
  ImportOptions,
  LocalWorkspace,
  PreviewOptions,
  RefreshOptions,
  RenameOptions,
  Stack,
  UpOptions,
} from "@pulumi/pulumi/automation";

/** Calls of the Automation API by name. A name that begins with a method's is about that method. */
export type AutomationCalls = Readonly<Record<string, (stack: Stack, workspace: LocalWorkspace) => unknown>>;

/** What an operation hands over to functions of the caller, and what is not about the command line. */
type Unspoken = "onOutput" | "onError" | "onEvent" | "program" | "showSecrets" | "signal" | "remove" | "importFile";
/** Every option that there is: one that a new SDK adds has to be added here, or this does not compile. */
type Every<T, Less extends string = never> = Required<Omit<T, Unspoken | Less>>;

const GLOBAL: Every<GlobalOpts> = {
  color: "never",
  logFlow: true,
  logVerbosity: 3,
  logToStdErr: true,
  tracing: "file:trace",
  debug: true,
  suppressOutputs: true,
  suppressProgress: true,
  configFile: "other.yaml",
};
const CONFINED = {
  message: "why",
  parallel: 4,
  target: ["urn:a", "urn:b"],
  targetDependents: true,
  exclude: ["urn:c"],
  excludeDependents: true,
  userAgent: "agent",
  runProgram: true,
};
const CHANGING = { expectNoChanges: true, refresh: true, diff: true, replace: ["urn:r"], plan: "plan.json" };
type Elsewhere = "policyPacks" | "policyPackConfigs" | "attachDebugger";
const UP: Every<UpOptions, Elsewhere> = { ...GLOBAL, ...CONFINED, ...CHANGING, continueOnError: true };
const PREVIEW: Every<PreviewOptions, Elsewhere> = { ...GLOBAL, ...CONFINED, ...CHANGING };
const REFRESH: Every<RefreshOptions, "previewOnly"> = {
  ...GLOBAL,
  ...CONFINED,
  expectNoChanges: true,
  clearPendingCreates: true,
};
const DESTROY: Every<DestroyOptions, "previewOnly"> = {
  ...GLOBAL,
  ...CONFINED,
  refresh: true,
  excludeProtected: true,
  continueOnError: true,
  diff: true,
};
const RENAME: Every<RenameOptions> = { ...GLOBAL, stackName: "new" };
const IMPORT: Every<ImportOptions> = {
  ...GLOBAL,
  message: "why",
  resources: [],
  nameTable: {},
  protect: false,
  generateCode: false,
  converter: "terraform",
  converterArgs: ["state.json"],
};
const onEvent = () => undefined;

/** Every method of Stack that runs a command, with every option that becomes a flag. */
export const STACK_CALLS: AutomationCalls = {
  up: (stack) => stack.up(),
  "up, every option": (stack) => stack.up({ ...UP, onEvent }),
  "up, not running the program": (stack) => stack.up({ runProgram: false }),
  "up, policyPacks": (stack) => stack.up({ policyPacks: ["pack"] }),
  "up, policyPackConfigs": (stack) => stack.up({ policyPackConfigs: ["pack.json"] }),
  "up, attachDebugger": (stack) => stack.up({ attachDebugger: true }),
  preview: (stack) => stack.preview(),
  "preview, every option": (stack) => stack.preview(PREVIEW),
  "preview, not running the program": (stack) => stack.preview({ runProgram: false }),
  "preview, policyPacks": (stack) => stack.preview({ policyPacks: ["pack"] }),
  "preview, policyPackConfigs": (stack) => stack.preview({ policyPackConfigs: ["pack.json"] }),
  "preview, attachDebugger": (stack) => stack.preview({ attachDebugger: true }),
  "preview, importFile": (stack) => stack.preview({ importFile: "import.json" }),
  refresh: (stack) => stack.refresh(),
  "refresh, every option": (stack) => stack.refresh({ ...REFRESH, onEvent }),
  "refresh, previewOnly": (stack) => stack.refresh({ previewOnly: true }),
  previewRefresh: (stack) => stack.previewRefresh(),
  "previewRefresh, every option": (stack) => stack.previewRefresh(REFRESH),
  destroy: (stack) => stack.destroy(),
  "destroy, every option": (stack) => stack.destroy({ ...DESTROY, onEvent }),
  "destroy, previewOnly": (stack) => stack.destroy({ previewOnly: true }),
  "destroy, remove": (stack) => stack.destroy({ remove: true }),
  previewDestroy: (stack) => stack.previewDestroy(),
  "previewDestroy, every option": (stack) => stack.previewDestroy(DESTROY),
  rename: (stack) => stack.rename({ stackName: "new" }),
  "rename, every option": (stack) => stack.rename(RENAME),
  import: (stack) => stack.import({ resources: [], generateCode: false }),
  "import, every option": (stack) => stack.import(IMPORT),
  addEnvironments: (stack) => stack.addEnvironments("env"),
  listEnvironments: (stack) => stack.listEnvironments(),
  removeEnvironment: (stack) => stack.removeEnvironment("env"),
  getConfig: (stack) => stack.getConfig("key"),
  "getConfig, path": (stack) => stack.getConfig("a.b[0]", true),
  getAllConfig: (stack) => stack.getAllConfig(),
  setConfig: (stack) => stack.setConfig("key", { value: "--v", secret: true }),
  "setConfig, path": (stack) => stack.setConfig("a.b[0]", { value: "v" }, true),
  setAllConfig: (stack) => stack.setAllConfig({ a: { value: "1" }, b: { value: "2", secret: true } }),
  "setAllConfig, path": (stack) => stack.setAllConfig({ "a.b": { value: "1" } }, true),
  setAllConfigJson: (stack) => stack.setAllConfigJson('{"p:a":{"value":"1","secret":false}}'),
  removeConfig: (stack) => stack.removeConfig("key"),
  "removeConfig, path": (stack) => stack.removeConfig("a.b", true),
  removeAllConfig: (stack) => stack.removeAllConfig(["a", "b"]),
  "removeAllConfig, path": (stack) => stack.removeAllConfig(["a.b"], true),
  refreshConfig: (stack) => stack.refreshConfig(),
  getTag: (stack) => stack.getTag("t"),
  setTag: (stack) => stack.setTag("t", "v"),
  removeTag: (stack) => stack.removeTag("t"),
  listTags: (stack) => stack.listTags(),
  outputs: (stack) => stack.outputs(),
  history: (stack) => stack.history(),
  "history, a page without secrets": (stack) => stack.history(2, 3, false),
  info: (stack) => stack.info(),
  cancel: (stack) => stack.cancel(),
  orgGetDefault: (stack) => stack.orgGetDefault(),
  orgSetDefault: (stack) => stack.orgSetDefault("acme"),
  exportStack: (stack) => stack.exportStack(),
  importStack: (stack) => stack.importStack({ version: 3, deployment: {} }),
};

/** The methods of LocalWorkspace that run a command and that no method of Stack stands for. */
export const WORKSPACE_CALLS: AutomationCalls = {
  createStack: (_, workspace) => workspace.createStack("dev"),
  selectStack: (_, workspace) => workspace.selectStack("dev"),
  removeStack: (_, workspace) => workspace.removeStack("dev"),
  "removeStack, every option": (_, workspace) => workspace.removeStack("dev", { force: true, preserveConfig: true }),
  whoAmI: (_, workspace) => workspace.whoAmI(),
  stack: (_, workspace) => workspace.stack(),
  listStacks: (_, workspace) => workspace.listStacks(),
  "listStacks, every option": (_, workspace) => workspace.listStacks({ all: true }),
  install: (_, workspace) => workspace.install(),
  "install, every option": (_, workspace) =>
    workspace.install({ useLanguageVersionTools: true, noPlugins: true, noDependencies: true, reinstall: true }),
  installPlugin: (_, workspace) => workspace.installPlugin("random", "4.0.0"),
  installPluginFromServer: (_, workspace) => workspace.installPluginFromServer("random", "4.0.0", "https://x"),
  removePlugin: (_, workspace) => workspace.removePlugin("random", "4.0.0"),
  listPlugins: (_, workspace) => workspace.listPlugins(),
};

import type { CallLimits } from "./call-limits";
import type { Provider, ProviderSource } from "./provider";

/** The providers of a source, each of which is waited for only as long as the limits say. */
export function limitedProviders(source: ProviderSource, limits: CallLimits): ProviderSource {
  return (name, version) => {
    const provider = source(name, version);
    return provider && limitedProvider(provider, limits);
  };
}

/** The provider with every call but `cancel` under the limits. */
function limitedProvider(provider: Provider, limits: CallLimits): Provider {
  const about = <Request extends { readonly urn: string; readonly timeoutSeconds?: number }, Answer>(
    method: string,
    perform: (request: Request) => Promise<Answer>,
  ) => {
    return (request: Request): Promise<Answer> => {
      const { urn: subject, timeoutSeconds } = request;
      return limits.answer({ method, subject, timeoutSeconds }, async () => perform(request));
    };
  };
  const ofToken = <Request extends { readonly token: string }, Answer>(
    method: string,
    perform: (request: Request) => Promise<Answer>,
  ) => {
    return (request: Request): Promise<Answer> =>
      limits.answer({ method, subject: request.token }, async () => perform(request));
  };
  const { name, version } = provider;
  return {
    name,
    version,
    checkConfig: provider.checkConfig && about("checkConfig", (request) => provider.checkConfig!(request)),
    diffConfig: provider.diffConfig && about("diffConfig", (request) => provider.diffConfig!(request)),
    configure: (config) =>
      limits.answer({ method: "configure", subject: name }, async () => provider.configure(config)),
    check: about("check", (request) => provider.check(request)),
    diff: about("diff", (request) => provider.diff(request)),
    create: about("create", (request) => provider.create(request)),
    findInterrupted:
      provider.findInterrupted && about("findInterrupted", (request) => provider.findInterrupted!(request)),
    update: about("update", (request) => provider.update(request)),
    read: about("read", (request) => provider.read(request)),
    delete: about("delete", (request) => provider.delete(request)),
    invoke: ofToken("invoke", (request) => provider.invoke(request)),
    call: provider.call && ofToken("call", (request) => provider.call!(request)),
    cancel: provider.cancel && (() => provider.cancel!()),
  };
}

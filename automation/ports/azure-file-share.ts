import {
  type RestError,
  type ShareClient,
  type ShareDirectoryClient,
  ShareServiceClient,
  type StoragePipelineOptions,
} from "@azure/storage-file-share";
import { randomUUID } from "node:crypto";
import { AutomationError } from "../errors";
import { entraToken, type EntraToken } from "./entra-token";
import type { ProjectShare, SharedFile } from "./project-share";

/** Which share, and who asks. */
export interface AzureFileShareOptions {
  readonly account: string;
  readonly share: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Is told of the token before it is used. */
  readonly learned: (secrets: readonly string[]) => void;
  /** What sends the requests. @default the SDK's own */
  readonly httpClient?: StoragePipelineOptions["httpClient"];
}

const RESOURCE = "https://storage.azure.com";
const CHUNK = 4 * 1024 * 1024;
/** The token is asked for again after this; a new one is got where the old one ends soon. */
const TOKEN_MS = 5 * 60_000;

/**
 * A file share of Azure, through its REST interface, with a token of Microsoft Entra instead of the account's key: the one
 * in `AZURE_STORAGE_ACCESS_TOKEN`, else that of the job's federated identity, else that of the login of `az`. The caller's role Storage File Data Privileged Contributor counts, and no permission of a single file does.
 * See https://learn.microsoft.com/azure/storage/files/authorize-oauth-rest.
 */
export function azureFileShare(options: AzureFileShareOptions): ProjectShare {
  const { account, share, httpClient } = options;
  const place = `${share} of ${account}`;
  const entra = entraToken({ env: options.env, addSecrets: options.learned });
  const service = new ShareServiceClient(
    `https://${account}.file.core.windows.net`,
    { getToken: () => tokenOf(options, entra) },
    { fileRequestIntent: "backup", ...(httpClient && { httpClient }) },
  );
  const client = service.getShareClient(share);
  const made = new Set<string>();
  return {
    place,
    list: (folder) => asked(place, () => filesBelow(client.getDirectoryClient(folder), folder)),
    read: (path) =>
      asked(place, async () => {
        try {
          return await fileOf(client, path).downloadToBuffer();
        } catch (error) {
          if ((error as RestError).statusCode === 404 && codeOf(error) !== "ShareNotFound") return undefined;
          throw error;
        }
      }),
    write: (path, content) =>
      asked(place, async () => {
        await makeFolders(client, path, made);
        const temporary = fileOf(client, `${path}.${randomUUID()}.tmp`);
        try {
          await temporary.create(content.length);
          if (content.length > 0) await temporary.uploadData(content, { rangeSize: CHUNK });
          const { fileRenameResponse } = await temporary.rename(path, { replaceIfExists: true });
          return fileRenameResponse.etag ?? (await fileOf(client, path).getProperties()).etag ?? "";
        } catch (error) {
          await temporary.deleteIfExists().catch(() => undefined);
          throw error;
        }
      }),
    remove: (path) => asked(place, async () => void (await fileOf(client, path).deleteIfExists())),
  };
}

async function filesBelow(directory: ShareDirectoryClient, folder: string): Promise<SharedFile[]> {
  const files: SharedFile[] = [];
  try {
    for await (const item of directory.listFilesAndDirectories({ includeEtag: true, includeExtendedInfo: true })) {
      const path = `${folder}/${item.name}`;
      if (item.kind === "directory") files.push(...(await filesBelow(directory.getDirectoryClient(item.name), path)));
      else files.push({ path, size: item.properties.contentLength, etag: item.properties.etag ?? "" });
    }
  } catch (error) {
    // Only a folder may be missing: that the share is not there is another matter.
    if (codeOf(error) !== "ResourceNotFound") throw error;
  }
  return files;
}

function fileOf(client: ShareClient, path: string) {
  const at = path.lastIndexOf("/");
  return client.getDirectoryClient(path.slice(0, Math.max(at, 0))).getFileClient(path.slice(at + 1));
}

async function makeFolders(client: ShareClient, path: string, made: Set<string>): Promise<void> {
  const names = path.split("/").slice(0, -1);
  for (let depth = 1; depth <= names.length; depth++) {
    const folder = names.slice(0, depth).join("/");
    if (made.has(folder)) continue;
    await client.getDirectoryClient(folder).createIfNotExists();
    made.add(folder);
  }
}

async function tokenOf({ env, learned }: AzureFileShareOptions, entra: EntraToken) {
  const given = env.AZURE_STORAGE_ACCESS_TOKEN;
  if (given) learned([given]);
  return { token: given || (await entra(RESOURCE)), expiresOnTimestamp: Date.now() + TOKEN_MS };
}

/** What the share refuses, as an error for people. */
async function asked<T>(place: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof AutomationError) throw error;
    const { statusCode, message } = error as RestError;
    const why = codeOf(error) ?? firstLine(message);
    if (statusCode === 401 || statusCode === 403) {
      throw new AutomationError("refused", `the share ${place} answers ${statusCode}: ${why}`, {
        hint: "be in a group of azure.mlflow.runnerGroupObjectIds: it has the role Storage File Data Privileged Contributor",
        errorCode: "share-refuses",
        cause: error,
      });
    }
    const told = statusCode === undefined ? "is out of reach" : `answers ${statusCode}`;
    throw new AutomationError("fault", `the share ${place} ${told}: ${why}`, {
      hint: "check the network, and that the environment is up",
      errorCode: "share-does-not-answer",
      cause: error,
    });
  }
}

/** An answer without a body tells its code in a header only. */
function codeOf(error: unknown): string | undefined {
  const { code, response } = error as RestError;
  return response?.headers.get("x-ms-error-code") ?? code;
}

function firstLine(text: string): string {
  return text.split("\n")[0] ?? text;
}

import { describeError, EigenlensError } from "../../errors.ts";
import type { EngineReply, EngineRequest } from "../../protocol/engine.ts";

export type FileRequest = Extract<EngineReply, { kind: "fileRequest" }>;
type FileReply = Extract<EngineRequest, { kind: "fileReply" }>;

/** Answers for files outside the disk; throws where one cannot be read. */
export type EditorFiles = (
  request: Pick<FileRequest, "operation" | "path">,
) => Promise<Pick<FileReply, "bytes" | "stat" | "names">>;

/**
 * The answer to a worker that asks for a file, or for what is known of one.
 * @param files undefined if nobody reads files outside the disk
 */
export async function answerFile(
  files: EditorFiles | undefined,
  request: FileRequest,
): Promise<FileReply> {
  const { id, path } = request;
  try {
    if (!files) throw new EigenlensError("file-access", `${path} is no path on this disk.`);
    return { kind: "fileReply", id, ...(await files(request)) };
  } catch (thrown) {
    return { kind: "fileReply", id, message: describeError(thrown).message };
  }
}

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { APIAttachment } from 'discord-api-types/v10';

/** A file as it came with a request: `files[n]` and what the body's `attachments` said about number n. */
export interface UploadedFile {
  index: string;
  filename: string;
  contentType: string;
  data: Buffer;
}

const MEMORY_LIMIT_BYTES = 64 * 1024 * 1024;

/** Files that messages carry, served back under `/attachments`; the oldest are dropped from memory first. */
export class AttachmentStore {
  /** `http://host:port`, known once the server listens. */
  origin = '';
  readonly #directory: string | null;
  readonly #files = new Map<string, UploadedFile>();
  #sizeBytes = 0;

  /** @param directory where files outlive the process; null keeps them in memory only. */
  constructor(directory: string | null) {
    this.#directory = directory;
    if (directory !== null) mkdirSync(directory, { recursive: true, mode: 0o700 });
  }

  put(id: string, channelId: string, file: UploadedFile, description?: string): APIAttachment {
    this.#files.set(id, file);
    this.#sizeBytes += file.data.byteLength;
    for (const [oldId, old] of this.#files) {
      if (this.#sizeBytes <= MEMORY_LIMIT_BYTES) break;
      this.#files.delete(oldId);
      this.#sizeBytes -= old.data.byteLength;
    }
    if (this.#directory !== null) writeFileSync(join(this.#directory, id), file.data, { mode: 0o600 });
    const url = `${this.origin}/attachments/${channelId}/${id}/${encodeURIComponent(file.filename)}`;
    return {
      id,
      filename: file.filename,
      size: file.data.byteLength,
      url,
      proxy_url: url,
      content_type: file.contentType,
      ...(description === undefined ? {} : { description }),
    };
  }

  /** Answers `/attachments/<channel>/<id>/<name>`. */
  serve(url: string, response: ServerResponse): void {
    const [, , , id = '', name = ''] = url.split('/');
    const data = this.#read(id);
    if (data === undefined) {
      response.writeHead(404).end();
      return;
    }
    // Only pictures keep their type: nothing that a bot uploads may run as a page of this origin.
    const extension = /\.(png|jpe?g|gif|webp)$/i.exec(name)?.[1]?.toLowerCase().replace('jpg', 'jpeg');
    response.writeHead(200, {
      'content-type': extension === undefined ? 'application/octet-stream' : `image/${extension}`,
      'content-length': data.byteLength,
      'x-content-type-options': 'nosniff',
    });
    response.end(data);
  }

  #read(id: string): Buffer | undefined {
    const kept = this.#files.get(id)?.data;
    if (kept !== undefined || this.#directory === null || !/^\d+$/.test(id)) return kept;
    const path = join(this.#directory, id);
    return existsSync(path) ? readFileSync(path) : undefined;
  }
}

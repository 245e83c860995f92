import type { IncomingMessage } from 'node:http';
import type { UploadedFile } from '../attachments.ts';
import { refusal } from '../errors.ts';

/** Discord's limit for a whole request (https://discord.com/developers/docs/reference#uploading-files). */
const BODY_LIMIT_BYTES = 25 * 1024 * 1024;

export interface RequestBody {
  /** The JSON as text, empty without one. */
  text: string;
  files: UploadedFile[];
}

export async function readBody(request: IncomingMessage): Promise<RequestBody> {
  const raw = await readAll(request);
  const contentType = request.headers['content-type'] ?? '';
  return contentType.startsWith('multipart/form-data')
    ? readMultipart(raw, contentType)
    : { text: raw.toString('utf8'), files: [] };
}

export function parseJson(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw refusal('malformedBody');
  }
}

function readAll(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let sizeBytes = 0;
    request.on('data', (chunk: Buffer) => {
      sizeBytes += chunk.byteLength;
      if (sizeBytes > BODY_LIMIT_BYTES) reject(refusal('tooLarge'));
      else chunks.push(chunk);
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', reject);
  });
}

async function readMultipart(raw: Buffer, contentType: string): Promise<RequestBody> {
  const form = await new Response(new Uint8Array(raw), { headers: { 'content-type': contentType } })
    .formData()
    .catch(() => Promise.reject(refusal('malformedBody')));
  const files: UploadedFile[] = [];
  for (const [name, part] of form) {
    const index = /^files?\[(\d+)\]$/.exec(name)?.[1];
    if (index === undefined || typeof part === 'string') continue;
    const data = Buffer.from(await part.arrayBuffer());
    files.push({ index, filename: part.name, contentType: part.type || 'application/octet-stream', data });
  }
  const payload = form.get('payload_json');
  return { text: typeof payload === 'string' ? payload : '{}', files };
}

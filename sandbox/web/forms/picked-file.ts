/** Reads a file that a person picked, into the shape in which it is sent. */
import type { PickedFile } from '../../protocol.ts';

export async function readPickedFile(file: File): Promise<PickedFile> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return {
    id: crypto.randomUUID(),
    name: file.name,
    contentType: file.type || 'application/octet-stream',
    data: btoa(binary),
  };
}

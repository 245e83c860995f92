/**
 * Serves the web client: bundled once in memory at start, with a policy that lets the page reach nothing but its own
 * origin. This file runs in Node; everything beside it runs in the browser.
 */
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

interface Asset {
  contentType: string;
  body: Uint8Array;
}

const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "media-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const headers = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-cache',
};

interface WebClientOptions {
  /** Where the drawer *Make it hurt* is served; without it the page has none. */
  hurtPath?: string;
}

/** Bundles the client; the returned function answers requests for its files and says whether it did. */
export async function webClient({
  hurtPath = '',
}: WebClientOptions = {}): Promise<(request: IncomingMessage, response: ServerResponse) => boolean> {
  const assets = await bundle(hurtPath);
  return (request, response) => {
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
    const asset = assets.get(path);
    if (!asset || (request.method !== 'GET' && request.method !== 'HEAD')) return false;
    response.writeHead(200, { ...headers, 'content-type': asset.contentType, 'content-length': asset.body.byteLength });
    response.end(request.method === 'HEAD' ? undefined : asset.body);
    return true;
  };
}

async function bundle(hurtPath: string): Promise<Map<string, Asset>> {
  const built = await build({
    entryPoints: { app: here('main.tsx'), 'app-style': here('styles/main.css') },
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    target: 'es2023',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    outdir: here('.'),
    logLevel: 'silent',
  });
  const output = (suffix: string) => {
    const file = built.outputFiles.find(({ path }) => path.endsWith(suffix));
    if (!file) throw new Error(`The web client's bundle has no ${suffix}.`);
    return file.contents;
  };
  const page = (await readFile(here('index.html'), 'utf8')).replace('{hurt path}', hurtPath);
  return new Map<string, Asset>([
    ['/', { contentType: 'text/html; charset=utf-8', body: Buffer.from(page) }],
    ['/app.js', { contentType: 'text/javascript; charset=utf-8', body: output('app.js') }],
    ['/app.css', { contentType: 'text/css; charset=utf-8', body: output('app-style.css') }],
    ['/icon.svg', { contentType: 'image/svg+xml', body: await readFile(here('icon.svg')) }],
  ]);
}

function here(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}

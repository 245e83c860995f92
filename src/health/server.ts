/** The pages for the operator's monitoring. */
import { fastify } from 'fastify';
import type { Registry } from 'prom-client';
import { ConfigError } from '../config.ts';
import type { Readiness } from './readiness.ts';

export interface HealthServer {
  /** Where it listens, such as `http://127.0.0.1:8080`. */
  readonly address: string;
  close(): Promise<void>;
}

export interface HealthServerOptions {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  readonly registry: Registry;
  /** Null while Steward is starting. */
  readonly readiness: () => Promise<Readiness | null>;
}

/** @throws ConfigError when the address or port cannot be had. */
export async function startHealthServer(options: HealthServerOptions): Promise<HealthServer> {
  const { host, port, registry } = options;
  const server = fastify({ forceCloseConnections: true });
  server.get('/healthz', () => ({ alive: true }));
  server.get('/readyz', async (_request, reply) => {
    const parts = await options.readiness();
    const ready = parts !== null && Object.values(parts).every(Boolean);
    return reply.code(ready ? 200 : 503).send({ ready, ...parts });
  });
  server.get('/metrics', async (_request, reply) => {
    reply.type(registry.contentType);
    return registry.metrics();
  });
  try {
    const address = await server.listen({ host, port });
    return { address, close: async () => server.close() };
  } catch (error) {
    await server.close();
    throw addressFault(error, host, port);
  }
}

function addressFault(error: unknown, host: string, port: number): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  const taken = {
    variable: 'HTTP_PORT',
    problem: `is taken by another program (${port})`,
    mend: 'Write another one, or 0 for any.',
  };
  const closed = {
    variable: 'HTTP_PORT',
    problem: `may not be used (${port})`,
    mend: 'Write one above 1023, or 0 for any.',
  };
  const foreign = {
    variable: 'HTTP_HOST',
    problem: `is no address of this machine (${host})`,
    mend: 'Write 127.0.0.1.',
  };
  if (code === 'EADDRINUSE') return new ConfigError([taken]);
  if (code === 'EACCES') return new ConfigError([closed]);
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') return new ConfigError([foreign]);
  return error;
}

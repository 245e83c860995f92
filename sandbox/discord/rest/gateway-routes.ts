import type { Gateway } from '../gateway/gateway.ts';
import { ok, type Route, route } from './router.ts';

const DAY_MS = 86_400_000;

/** Where the gateway is. */
export function gatewayRoutes(gateway: Gateway): Route[] {
  return [
    route('GET', '/gateway', () => ok({ url: gateway.url }), { open: true }),
    route('GET', '/gateway/bot', () =>
      ok({
        url: gateway.url,
        shards: 1,
        session_start_limit: { total: 1000, remaining: 999, reset_after: DAY_MS, max_concurrency: 1 },
      }),
    ),
  ];
}

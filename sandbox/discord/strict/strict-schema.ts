import * as z from 'zod/mini';
import { type $ZodType, type $ZodTypes, clone } from 'zod/v4/core';

const rebuilt = new WeakMap<$ZodType, $ZodType>();

/**
 * The same schema with unknown keys refused at every depth. The package's own switch for this, `setStrictObject`, comes
 * too late: its schemas have been built by the time that it can be called. Unions of things with a literal `type` become
 * discriminated ones, so that a fault is reported where it is and not once per alternative.
 */
export function strictSchema(schema: $ZodType): $ZodType {
  const known = rebuilt.get(schema);
  if (known !== undefined) return known;
  const made = rebuild(schema as $ZodTypes);
  rebuilt.set(schema, made);
  return made;
}

function rebuild(schema: $ZodTypes): $ZodType {
  const { def } = schema._zod;
  switch (def.type) {
    case 'object': {
      const shape = Object.fromEntries(Object.entries(def.shape).map(([key, value]) => [key, strictSchema(value)]));
      return altered(schema, { shape, catchall: z.never() });
    }
    case 'array':
      return altered(schema, { element: strictSchema(def.element) });
    case 'optional':
    case 'nullable':
      return altered(schema, { innerType: strictSchema(def.innerType) });
    case 'record':
      return altered(schema, { valueType: strictSchema(def.valueType) });
    case 'union':
      return z.lazy(() => strictUnion(schema, def.options));
    case 'lazy': {
      const { getter } = def;
      return z.lazy(() => strictSchema(getter()));
    }
    default:
      return schema as $ZodType;
  }
}

function altered(schema: $ZodType, changes: object): $ZodType {
  return clone(schema, { ...schema._zod.def, ...changes });
}

function strictUnion(schema: $ZodType, options: readonly $ZodType[]): $ZodType {
  const resolved = options.map((option) => strictSchema(unwrapped(option)));
  if (resolved.every(hasLiteralType)) {
    return z.discriminatedUnion('type', resolved as unknown as Parameters<typeof z.discriminatedUnion>[1]);
  }
  return altered(schema, { options: resolved });
}

function unwrapped(schema: $ZodType): $ZodType {
  const { def } = (schema as $ZodTypes)._zod;
  return def.type === 'lazy' ? unwrapped(def.getter()) : schema;
}

function hasLiteralType(schema: $ZodType): boolean {
  const { def } = (schema as $ZodTypes)._zod;
  return def.type === 'object' && (def.shape.type as $ZodTypes | undefined)?._zod.def.type === 'literal';
}

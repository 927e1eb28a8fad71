import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';

const schema = JSON.parse(readFileSync(new URL('../../../docs/api.schema.json', import.meta.url), 'utf8'));
const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/);
ajv.addSchema(schema, 'api');

/** Holds a document to its part of docs/api.schema.json. */
export function assertSchema(part: string, document: unknown): void {
  const validate = ajv.getSchema(`api#/$defs/${part}`);
  assert.ok(validate, part);
  // As it goes over the wire.
  const isGood = validate(JSON.parse(JSON.stringify(document)));
  assert.ok(isGood, JSON.stringify(validate.errors?.slice(0, 5), null, 2));
}

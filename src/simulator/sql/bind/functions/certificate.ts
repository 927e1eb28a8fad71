import { call, implicitly, strict } from '../../bound.ts';
import { int, textType } from '../../data-type.ts';
import type { Functions } from '../../function-spec.ts';
import { holds } from '../../permission.ts';

const sysname = textType(true, 128);

/** Certificates of `master`, which are all that a simulated server has; NULL where the login may not see their definition. */
export const certificateFunctions: Functions = {
  CERT_ID: {
    least: 1,
    most: 1,
    bind: ({ binder, args, line }) => {
      const { runtime } = binder;
      const run = strict((wanted) => {
        const { instance, login, database } = runtime;
        if (database.toLowerCase() !== 'master' || holds(instance, login, 'VIEW ANY DEFINITION') !== true) return null;
        const name = String(wanted).trimEnd().toLowerCase();
        const found = [...instance.rows('certificates')].find((row) => String(row.name).toLowerCase() === name);
        return found === undefined ? null : BigInt(Number(found.certificate_id));
      });
      return call(
        binder,
        { key: 'CERT_ID', run, type: int, nullable: true },
        args.map((each) => implicitly(binder, each, sysname, line)),
      );
    },
  },
  CERTENCODED: {
    least: 1,
    most: 1,
    bind: ({ binder, args, line }) => {
      const { runtime } = binder;
      const run = strict((id) =>
        runtime.database.toLowerCase() === 'master'
          ? (runtime.instance.encodedCertificate?.(Number(id)) ?? null)
          : null,
      );
      return call(
        binder,
        { key: 'CERTENCODED', run, type: { name: 'varbinary', length: 8000 }, nullable: true },
        args.map((each) => implicitly(binder, each, int, line)),
      );
    },
  },
};

import { formatReport, reportType } from '../../verify/report/formats.ts';
import { type Report, reportOf } from '../../verify/report/report.ts';
import { REPORT_FORMATS, type ReportFormat } from '../../verify/report/report-format.ts';
import { compileAll, Verifier } from '../../verify/verifier.ts';
import { expectationJsonSchema, FILE_QUERY, readExpectations } from './expectations.ts';
import { answer } from './reply.ts';
import { route } from './route.ts';
import { anything, listOf, record, text } from './schema.ts';

const FORMAT = {
  format: { kind: 'word', about: 'form of the report; json where not given', words: REPORT_FORMATS },
} as const;

const ANSWER = {
  about: 'the report; in JSON where no other format is asked for',
  schema: record({
    status: text('passed, failed or unknown'),
    counts: anything,
    suites: listOf(anything),
  }),
};

const shown = (report: Report, format: ReportFormat = 'json') =>
  answer(200, reportType(format), formatReport(report, format), { 'x-crabapple-verdict': report.status });

export const readReport = route({
  name: 'report',
  scope: 'organization',
  method: 'GET',
  path: 'report',
  about: 'Verifies the organization by its expectations, and tells which data was sent',
  query: { ...FORMAT, all: { kind: 'flag', about: 'every organization' } },
  answer: ANSWER,
  handler: ({ surroundings: { crabapple }, tenant, query }) =>
    shown(crabapple.verify(query.all ? undefined : tenant.id), query.format),
});

export const verifyOnce = route({
  name: 'report.once',
  scope: 'organization',
  method: 'POST',
  path: 'report',
  about: 'Verifies what the journal has by expectations that are given, and forgets them again',
  query: { ...FORMAT, ...FILE_QUERY },
  body: { type: 'application/json', schema: expectationJsonSchema },
  answer: ANSWER,
  async handler({ surroundings: { crabapple }, request, tenant, query }) {
    const { catalog } = crabapple.engine;
    const expectations = await compileAll(
      await readExpectations(request, tenant, catalog, query.file),
      catalog,
    );
    const verifier = new Verifier(tenant, [], [], { file: query.file });
    verifier.add(expectations, crabapple.rememberedOf(tenant));
    return shown(reportOf([verifier.suite]), query.format);
  },
});

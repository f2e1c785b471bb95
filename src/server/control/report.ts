import { startDeclaration } from '../../verify/data-sent/start-declaration.ts';
import { formatReport, reportType } from '../../verify/report/formats.ts';
import { REPORT_FORMATS, type Report, type ReportFormat, reportOf } from '../../verify/report/report.ts';
import { compileAll, Verifier } from '../../verify/verifier.ts';
import { ControlError } from './control-error.ts';
import { EXPECTATIONS_BODY, FILE_QUERY, readExpectations } from './expectations.ts';
import { reply } from './reply.ts';
import { route } from './route.ts';
import { anything, listOf, record, text } from './schema.ts';

const FORMAT = {
  format: { kind: 'word', about: 'form of the report; by default json', words: REPORT_FORMATS },
} as const;

const REPORT = {
  about: 'the report, in JSON unless another format is requested',
  schema: record({
    status: text('passed, failed or unknown'),
    counts: anything,
    suites: listOf(anything),
  }),
};

const reportReply = (report: Report, format: ReportFormat = 'json') =>
  reply(200, reportType(format), formatReport(report, format), { 'x-crabapple-verdict': report.status });

export const readReport = route({
  name: 'report',
  scope: 'organization',
  method: 'GET',
  path: 'report',
  about: 'Checks the expectations of the organization and reports which data was sent',
  query: { ...FORMAT, all: { kind: 'flag', about: 'every organization' } },
  response: REPORT,
  handler: ({ context: { apple }, tenant, query }) =>
    reportReply(apple.verify(query.all ? undefined : tenant.id), query.format),
});

export const verifyOnce = route({
  name: 'report.once',
  scope: 'organization',
  method: 'POST',
  path: 'report',
  about: 'Checks the journal against the expectations in the body, which are not kept',
  query: { ...FORMAT, ...FILE_QUERY },
  body: EXPECTATIONS_BODY,
  response: REPORT,
  async handler({ context: { apple }, request, tenant, query }) {
    const expectations = await compileAll(await readExpectations(request, tenant, query.file));
    const verifier = new Verifier(tenant, [], [], { file: query.file });
    verifier.add(expectations, apple.rememberedOf(tenant));
    return reportReply(reportOf([verifier.suite]), query.format);
  },
});

export const readDeclaration = route({
  name: 'declaration',
  scope: 'organization',
  method: 'GET',
  path: 'declaration',
  about: 'A data-sent declaration of everything that the organization has sent according to the journal',
  query: { name: { kind: 'text', about: 'its name; by default the name of the scenario' } },
  response: { about: 'the declaration file', type: 'application/yaml', schema: text() },
  async handler({ context: { apple }, tenant, query }) {
    const { exchanges } = apple.rememberedOf(tenant);
    const declaration = await startDeclaration(query.name ?? tenant.organization.definition.name, exchanges);
    if (declaration === undefined) {
      throw new ControlError(
        404,
        'there is nothing to declare: no data was sent yet',
        'let your MDM server send its requests first',
      );
    }
    return reply(200, 'application/yaml; charset=utf-8', declaration);
  },
});

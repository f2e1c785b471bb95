/** Forms in which a report is printed. */
export const REPORT_FORMATS = ['pretty', 'json', 'junit', 'tap', 'github', 'markdown', 'html'] as const;

export type ReportFormat = (typeof REPORT_FORMATS)[number];

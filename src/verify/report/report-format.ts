/** Forms in which a report is printed. */
export const REPORT_FORMATS = ['pretty', 'json', 'junit', 'tap', 'github', 'markdown', 'html'] as const;

/** A form in which a report is printed. */
export type ReportFormat = (typeof REPORT_FORMATS)[number];

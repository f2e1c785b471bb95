import { shownDuration } from '../../../src/core/duration.ts';
import type { BehaviorSetting, BehaviorTable } from '../../../src/organization/behavior.ts';
import { code, sourceLink, table } from './markdown.ts';

function valuesOf(setting: BehaviorSetting): string {
  switch (setting.kind) {
    case 'duration':
      return `**${shownDuration(setting.default)}**`;
    case 'choice':
      return setting.words.map((word) => (word === setting.default ? `**${word}**` : word)).join(', ');
    case 'text_list':
      return `**[${setting.default.join(', ')}]**`;
    case 'integer':
    case 'flag':
    case 'text':
      return `**${setting.default}**`;
  }
}

/** The behavior settings of a service. */
export function behaviorTable(settings: BehaviorTable): string {
  const rows = Object.entries(settings).map(([name, setting]) => [
    code(name),
    valuesOf(setting),
    setting.about,
    sourceLink(setting.source),
  ]);
  return table(['key', 'values, default in bold', 'decides', 'source'], rows);
}

/** For those who would rather load what answers at once than with the first call: it is there then, whoever asks. */
import './apns/index.ts';
import './dep/index.ts';
import './vpp/index.ts';

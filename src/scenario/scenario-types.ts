// Made by `npm run generate` from the schema and the tables of the catalog: alter those.
import type { Exchanges } from './exchange-types.ts';

/** An operation by its name. */
export type OperationName =
  | 'dep.session'
  | 'dep.account'
  | 'dep.devices.fetch'
  | 'dep.devices.sync'
  | 'dep.devices.details'
  | 'dep.devices.disown'
  | 'dep.device.replacement'
  | 'dep.device.activation_lock'
  | 'dep.profile.define'
  | 'dep.profile.get'
  | 'dep.profile.assign'
  | 'dep.profile.remove'
  | 'dep.account_driven.set'
  | 'dep.account_driven.get'
  | 'dep.account_driven.remove'
  | 'dep.beta_tokens'
  | 'dep.roster.class'
  | 'dep.roster.class.sync'
  | 'dep.roster.class.person'
  | 'dep.roster.class.person.sync'
  | 'dep.roster.class.location'
  | 'dep.roster.class.location.sync'
  | 'dep.roster.course'
  | 'dep.roster.course.sync'
  | 'dep.profile.tvprovider'
  | 'dep.simulator.token'
  | 'apns.push'
  | 'apns.events'
  | 'apns.broadcast'
  | 'apns.channels.create'
  | 'apns.channels.read'
  | 'apns.channels.delete'
  | 'apns.channels.list'
  | 'vpp.service_config'
  | 'vpp.client_config'
  | 'vpp.client_config.set'
  | 'vpp.assets'
  | 'vpp.assets.associate'
  | 'vpp.assets.disassociate'
  | 'vpp.assets.revoke'
  | 'vpp.assignments'
  | 'vpp.users'
  | 'vpp.users.create'
  | 'vpp.users.update'
  | 'vpp.users.retire'
  | 'vpp.status'
  | 'vpp.subscriptions'
  | 'vpp.subscriptions.assignments'
  | 'vpp.subscriptions.associate'
  | 'vpp.subscriptions.disassociate'
  | 'vpp.subscriptions.admins'
  | 'vpp.subscriptions.admins.add'
  | 'vpp.subscriptions.admins.remove'
  | 'vpp.subscriptions.enable'
  | 'vpp.subscriptions.disable'
  | 'vpp.v1.service_config'
  | 'vpp.v1.client_config'
  | 'vpp.v1.assets'
  | 'vpp.v1.assignments'
  | 'vpp.v1.licenses'
  | 'vpp.v1.licenses.manage'
  | 'vpp.v1.users'
  | 'vpp.v1.user'
  | 'vpp.v1.user.register'
  | 'vpp.v1.user.edit'
  | 'vpp.v1.user.retire'
  | 'vpp.v1.removed'
  | 'vpp.metadata.lookup'
  | 'vpp.metadata.itunes'
  | 'vpp.metadata.owned_apps'
  | 'vpp.metadata.owned_books'
  | 'vpp.metadata.purchases'
  | 'vpp.metadata.apps'
  | 'vpp.metadata.app'
  | 'vpp.metadata.books'
  | 'vpp.metadata.book'
  | 'vpp.metadata.genres'
  | 'vpp.metadata.genre'
  | 'vpp.metadata.search'
  | 'vpp.metadata.storefronts'
  | 'vpp.metadata.storefront'
  | 'vpp.metadata.test'
  | 'vpp.metadata.fleet_auth';

/** A scenario: one organization of the simulated Apple. */
export interface Scenario {
  /** what the story is about */
  readonly name: string;
  /** what happened to whom, and what a good MDM does: makes the file a incident */
  readonly about?: {
    /** what Apple does */
    readonly story: string;
    /** where somebody met it, or Apple says so */
    readonly threads: readonly string[];
    /** what a good MDM does */
    readonly good_mdm: string;
  } | undefined;
  /** same seed, same generated things */
  readonly seed?: number | string | undefined;
  /** virtual time runs on from here; real time where not given */
  readonly clock?: Instant | {
    /** now where not given */
    readonly at?: Instant | undefined;
    /** virtual time in a real one; 0 freezes */
    readonly rate?: number | undefined;
  } | undefined;
  /** whose clock the system under test stamps its requests with */
  readonly client_time?: 'wall' | 'virtual' | undefined;
  /** generate: leave out the credentials of this file, so that it can be served many times */
  readonly credentials?: 'as_written' | 'generate' | undefined;
  /** accept the credentials of Apple's former simulator */
  readonly depsim?: boolean | undefined;
  /** whose Apple Business Manager this is; made up where not given */
  readonly organization?: ScenarioAccount | undefined;
  /** MDM servers of the portal; one where not given */
  readonly mdm_servers?: readonly ScenarioMdmServer[] | undefined;
  /** devices that it owns, named or by the number */
  readonly devices?: readonly ScenarioDevice[] | undefined;
  /** what the push service knows of it beside its devices */
  readonly push?: ScenarioPush | undefined;
  /** locations of Apps and Books; one without assets where not given */
  readonly locations?: readonly ScenarioLocation[] | undefined;
  /** facts of apps and books in the store; what is left out is made up from the number */
  readonly apps?: readonly ScenarioApp[] | undefined;
  /** the organization's; every one is taken for its own where not given */
  readonly managed_apple_accounts?: readonly string[] | undefined;
  /** keys that sign developer tokens for the catalog */
  readonly metadata_keys?: readonly ({
    /** kid of its tokens */
    readonly key_id: string;
    /** iss of its tokens */
    readonly team_id: string;
    /** by which its tokens are verified, in PEM */
    readonly public_key: string;
  })[] | undefined;
  /** where notifications of Apps and Books may go */
  readonly webhooks?: {
    /** certificates in PEM to trust beside the usual ones */
    readonly ca?: string | undefined;
    /** take notification URLs without TLS */
    readonly allow_http?: boolean | undefined;
    /** hosts beside loopback */
    readonly allow_hosts?: readonly string[] | undefined;
    /** on loopback false, else true, where not given */
    readonly verify_tls?: boolean | undefined;
  } | undefined;
  /** what Apple leaves open, or does one way or another */
  readonly behavior?: BehaviorSettings | undefined;
  /** what goes wrong with its requests */
  readonly faults?: readonly Fault[] | undefined;
  /** faults of the whole server, before a request has an organization; of the default organization */
  readonly server_faults?: readonly Fault[] | undefined;
  /** what has become of it, as exported snapshots tell it; can be written by hand */
  readonly state?: ScenarioState | undefined;
  /** what happens in the portal, by time or by traffic */
  readonly timeline?: readonly TimelineEntry[] | undefined;
  /** what the system under test must do */
  readonly expect?: readonly Expectation[] | undefined;
  /** true: expectations may hold where no request came at all */
  readonly allow_silent?: boolean | undefined;
}

/** What `GET /account` tells, and the terms. */
export interface ScenarioAccount {
  /** its name, as /account tells it */
  readonly org_name?: string | undefined;
  /** its e-mail address */
  readonly org_email?: string | undefined;
  /** its telephone number */
  readonly org_phone?: string | undefined;
  /** its postal address */
  readonly org_address?: string | undefined;
  /** its customer id at Apple; from protocol version 3 on */
  readonly org_id?: string | undefined;
  /** SHA-256 of the customer id; from protocol version 3 on */
  readonly org_id_hash?: string | undefined;
  /** edu: a school; org where not given */
  readonly org_type?: 'org' | 'edu' | undefined;
  /** v2 where not given; v1: of the programs before Apple Business and School Manager */
  readonly org_version?: 'v1' | 'v2' | undefined;
  /** whether the newest terms are accepted */
  readonly terms?: 'accepted' | 'expired' | undefined;
  /** false: ORG_NOT_SUPPORTED */
  readonly account_driven_enrollment?: boolean | undefined;
  /** false: ORG_NOT_SUPPORTED */
  readonly activation_lock?: boolean | undefined;
  /** null: the organization blocks beta software */
  readonly beta_tokens?: readonly ({
    /** by which a device enters the program */
    readonly token: string;
    /** what users are shown */
    readonly title: string;
    /** iOS, macOS, tvOS, … */
    readonly os: string;
  })[] | null | undefined;
}

/** An MDM server in the portal. */
export interface ScenarioMdmServer {
  /** its name in the portal, by which this file calls it */
  readonly server_name: string;
  /** 32 hexadecimal digits; generated where not given */
  readonly server_uuid?: string | undefined;
  /** Apple Account of who made the server token */
  readonly admin_id?: string | undefined;
  /** generated where not given */
  readonly server_token?: ScenarioServerToken | undefined;
  /** enrollment profiles that it has defined before */
  readonly profiles?: readonly ({
    /** its name, for people */
    readonly profile_name: string;
    /** where the device enrolls */
    readonly url: string;
    /** false: the device pairs with no computer but supervising hosts */
    readonly allow_pairing?: boolean | undefined;
    /** the device is supervised */
    readonly is_supervised?: boolean | undefined;
    /** the user cannot skip the enrollment */
    readonly is_mandatory?: boolean | undefined;
    /** false: the user cannot remove the enrollment; needs is_supervised */
    readonly is_mdm_removable?: boolean | undefined;
    /** an iPad is shared */
    readonly is_multi_user?: boolean | undefined;
    /** Setup Assistant waits until the MDM says that the device is configured */
    readonly await_device_configured?: boolean | undefined;
    /** Setup Assistant goes on by itself */
    readonly auto_advance_setup?: boolean | undefined;
    /** whom users call */
    readonly support_phone_number?: string | undefined;
    /** whom users write to; from protocol version 2 on */
    readonly support_email_address?: string | undefined;
    /** who in the organization looks after the device */
    readonly department?: string | undefined;
    /** a word by which the MDM knows enrollments as its own */
    readonly org_magic?: string | undefined;
    /** certificates in base64 by which the device trusts the MDM */
    readonly anchor_certs?: readonly string[] | undefined;
    /** certificates in base64 of computers that may pair with the device */
    readonly supervising_host_certs?: readonly string[] | undefined;
    /** panes of Setup Assistant that are left out */
    readonly skip_setup_items?: readonly string[] | undefined;
    /** ISO 639; of the device where not given */
    readonly language?: string | undefined;
    /** ISO 3166-1; of the device where not given */
    readonly region?: string | undefined;
    /** a page on which the user signs in before the enrollment */
    readonly configuration_web_url?: string | undefined;
    /** the device takes part in Return to Service */
    readonly is_return_to_service?: boolean | undefined;
    /** a restored backup does not bring its profile along */
    readonly do_not_use_profile_from_backup?: boolean | undefined;
    /** generated where not given */
    readonly profile_uuid?: string | undefined;
  })[] | undefined;
}

/** What a server token carries. */
export interface ScenarioServerToken {
  /** oauth_consumer_key of its sessions */
  readonly consumer_key: string;
  /** the first half of the key that signs */
  readonly consumer_secret: string;
  /** oauth_token of its sessions */
  readonly access_token: string;
  /** the second half of the key that signs */
  readonly access_secret: string;
  /** when it ends; a year on where not given */
  readonly access_token_expiry?: Instant | undefined;
  /** token_rejected at every session */
  readonly revoked?: boolean | undefined;
}

/** One device, or many by the number. */
export type ScenarioDevice = NamedDevice | GeneratedDevices;

/** One device by its serial number; what is left out is made up from the seed. */
export interface NamedDevice {
  /** Serial number: upper-case letters and digits */
  readonly serial_number: string;
  /** made up where not given */
  readonly device_family?: 'iPhone' | 'iPad' | 'iPod' | 'Mac' | 'AppleTV' | 'Vision' | undefined;
  /** marketing name, any */
  readonly model?: string | undefined;
  /** as Apple describes the product */
  readonly description?: string | undefined;
  /** as Apple calls it */
  readonly color?: string | undefined;
  /** what the organization wrote on it */
  readonly asset_tag?: string | undefined;
  /** by its family where not given */
  readonly os?: 'iOS' | 'iPadOS' | 'OSX' | 'tvOS' | 'visionOS' | undefined;
  /** server_name of its MDM server; the first where not given */
  readonly mdm_server?: string | undefined;
  /** e-mail address of who assigned it */
  readonly device_assigned_by?: string | undefined;
  /** when it was assigned to its MDM server */
  readonly device_assigned_date?: Instant | undefined;
  /** by when it must have moved to its MDM server; from protocol version 8 on */
  readonly mdm_migration_deadline?: Instant | undefined;
  /** push token in hexadecimal; Apple’s have 64 digits */
  readonly push_token?: string | undefined;
  /** the word that a push must carry; generated where not given */
  readonly push_magic?: string | undefined;
  /** the organization's MDM topic where not given */
  readonly push_topic?: string | undefined;
  /** pushes do not reach it at the beginning */
  readonly offline?: boolean | undefined;
  /** pushed: it has fetched its profile */
  readonly profile_status?: 'empty' | 'assigned' | 'pushed' | 'removed' | undefined;
  /** profile_uuid or profile_name of a profile of its MDM server */
  readonly profile?: string | undefined;
  /** one for each modem; from protocol version 10 on */
  readonly imei?: readonly string[] | undefined;
  /** one for each modem; from protocol version 10 on */
  readonly meid?: readonly string[] | undefined;
  /** of its eSIM; from protocol version 10 on */
  readonly eid?: string | undefined;
  /** from protocol version 10 on */
  readonly wifi_mac_address?: string | undefined;
  /** from protocol version 10 on */
  readonly bluetooth_mac_address?: string | undefined;
  /** from protocol version 10 on */
  readonly ethernet_mac_address?: string | undefined;
}

/** Devices by the number, made from the seed; they cost nothing until they are touched. */
export interface GeneratedDevices {
  /** how many */
  readonly generate: number;
  /** a mix of all where not given */
  readonly device_family?: 'iPhone' | 'iPad' | 'iPod' | 'Mac' | 'AppleTV' | 'Vision' | undefined;
  /** a mix of those of the family where not given */
  readonly model?: 'iPhone XR' | 'iPhone 11' | 'iPhone SE (2nd generation)' | 'iPhone 12' | 'iPhone 13' | 'iPhone SE (3rd generation)' | 'iPhone 14' | 'iPhone 15' | 'iPhone 15 Pro' | 'iPhone 16' | 'iPhone 16 Pro' | 'iPad mini 4' | 'iPad (7th generation)' | 'iPad (9th generation)' | 'iPad (10th generation)' | 'iPad mini (6th generation)' | 'iPad Air (5th generation)' | 'iPad Pro 11-inch (M4)' | 'iPod touch (7th generation)' | 'MacBook Air' | 'MacBook Pro 13"' | 'MacBook Pro (14-inch, Nov 2023)' | 'MacBook Pro (16-inch, Nov 2023)' | 'iMac' | 'Mac mini' | 'Mac Studio' | 'Apple TV HD' | 'Apple TV 4K' | 'Apple Vision Pro' | undefined;
  /** a mix of those of the model where not given */
  readonly color?: string | undefined;
  /** by the model where not given */
  readonly description?: string | undefined;
  /** a pattern: `{n}` is the number of the device, `{n:5}` with zeros */
  readonly asset_tag?: string | undefined;
  /** as real devices of the model have it where not given */
  readonly serial_format?: 'randomized' | 'legacy-mac' | 'legacy-ipad' | 'legacy-iphone' | 'legacy-ipod' | 'legacy-appletv' | undefined;
  /** server_name of its MDM server; the first where not given */
  readonly mdm_server?: string | undefined;
  /** e-mail address of who assigned it */
  readonly device_assigned_by?: string | undefined;
  /** when they were assigned to their MDM server */
  readonly device_assigned_date?: Instant | undefined;
}

/** What the push service knows beside the devices. */
export interface ScenarioPush {
  /** topic of its MDM push certificate; generated if not given */
  readonly topic?: string | undefined;
  /** team of its keys; generated where not given */
  readonly team_id?: string | undefined;
  /** keys for provider tokens; one for the whole team where not given */
  readonly keys?: readonly ({
    /** kid of its tokens; generated where not given */
    readonly key_id?: string | undefined;
    /** iss of its tokens; the team of the organization where not given */
    readonly team_id?: string | undefined;
    /** both if not given */
    readonly environment?: 'production' | 'sandbox' | 'both' | undefined;
    /** makes the key topic-specific; otherwise it is for the whole team */
    readonly topics?: readonly string[] | undefined;
    /** the one other topic-specific key that may share its connections */
    readonly related_key?: string | undefined;
    /** PUBLIC KEY (P-256) in PEM; a pair is made on demand where not given */
    readonly public_key?: string | undefined;
    /** InvalidProviderToken for its tokens */
    readonly revoked?: boolean | undefined;
  })[] | undefined;
  /** SHA-256 fingerprints of certificates that are refused */
  readonly revoked_certificates?: readonly string[] | undefined;
  /** whose certificates are all refused */
  readonly revoked_topics?: readonly string[] | undefined;
}

/** A location of Apps and Books. */
export interface ScenarioLocation {
  /** its name in the portal */
  readonly name: string;
  /** its number at Apple; generated where not given */
  readonly u_id?: string | undefined;
  /** ISO 3166-1; US where not given */
  readonly country?: string | undefined;
  /** volumestore: of a school */
  readonly platform?: 'enterprisestore' | 'volumestore' | undefined;
  /** the MDM that configured the location before */
  readonly mdm_info?: {
    /** a UUID that the MDM made for itself */
    readonly id: string;
    /** what the MDM calls itself */
    readonly name: string;
    /** whatever else the MDM wrote down */
    readonly metadata: string;
  } | undefined;
  /** v1 answers 9645 to every write */
  readonly managed_by_apple?: boolean | undefined;
  /** one that serves where not given */
  readonly content_tokens?: readonly ({
    /** the `token` in the .vpptoken file; generated where not given */
    readonly token?: string | undefined;
    /** a year on where not given */
    readonly expires?: Instant | undefined;
    /** revoked: 9625 on every call */
    readonly status?: 'valid' | 'revoked' | undefined;
    /** read_only: 9637 on every write */
    readonly rights?: 'full' | 'read_only' | undefined;
    /** legacy: 9647 on v2 */
    readonly kind?: 'location' | 'legacy' | undefined;
  })[] | undefined;
  /** apps and books that it owns */
  readonly assets?: readonly ({
    /** Adam ID: the number of an app or book in the store */
    readonly adam_id: AdamId;
    /** quality of the license; STDQ where not given */
    readonly pricing_param?: 'STDQ' | 'PLUS' | undefined;
    /** App where not given */
    readonly product_type?: 'App' | 'Book' | undefined;
    /** licenses owned; 100 where not given, 2147483647: without end */
    readonly total?: number | undefined;
    /** licenses that are gone, by refund or otherwise */
    readonly retired?: number | undefined;
    /** apps are, books are not, where not given */
    readonly device_assignable?: boolean | undefined;
    /** apps are, books are not, where not given */
    readonly revocable?: boolean | undefined;
    /** on which it runs; iOS where not given */
    readonly platforms?: readonly ('iOS' | 'macOS' | 'tvOS' | 'watchOS' | 'visionOS')[] | undefined;
  } | {
    /** how many, made up */
    readonly generate: number;
    /** quality of the license; STDQ where not given */
    readonly pricing_param?: 'STDQ' | 'PLUS' | undefined;
    /** App where not given */
    readonly product_type?: 'App' | 'Book' | undefined;
    /** licenses owned; 100 where not given, 2147483647: without end */
    readonly total?: number | undefined;
    /** licenses that are gone, by refund or otherwise */
    readonly retired?: number | undefined;
    /** apps are, books are not, where not given */
    readonly device_assignable?: boolean | undefined;
    /** apps are, books are not, where not given */
    readonly revocable?: boolean | undefined;
    /** on which it runs; iOS where not given */
    readonly platforms?: readonly ('iOS' | 'macOS' | 'tvOS' | 'watchOS' | 'visionOS')[] | undefined;
  })[] | undefined;
  /** people who can have licenses */
  readonly users?: readonly ({
    /** by which the MDM knows the user */
    readonly client_user_id: string;
    /** e-mail address */
    readonly email?: string | undefined;
    /** makes the user Associated at once */
    readonly managed_apple_id?: string | undefined;
    /** Registered where not given, and no managed_apple_id */
    readonly status?: 'Registered' | 'Associated' | 'Retired' | undefined;
  } | {
    /** how many, made up */
    readonly generate: number;
    /** Registered where not given, and no managed_apple_id */
    readonly status?: 'Registered' | 'Associated' | 'Retired' | undefined;
  })[] | undefined;
  /** who and which device has what */
  readonly assignments?: readonly ({
    /** Adam ID: the number of an app or book in the store */
    readonly adam_id: AdamId;
    /** quality of the license; STDQ where not given */
    readonly pricing_param?: 'STDQ' | 'PLUS' | undefined;
    /** users who have it */
    readonly client_user_ids?: readonly string[] | undefined;
    /** devices that have it */
    readonly serial_numbers?: readonly string[] | undefined;
  } | {
    /** so many devices, each with one of the assets that have licenses left */
    readonly generate: number;
  })[] | undefined;
  /** subscriptions that it owns */
  readonly subscriptions?: readonly ({
    /** Adam ID of the subscription */
    readonly adam_id: number;
    /** Adam ID of the app that it belongs to */
    readonly parent_adam_id?: number | undefined;
    /** seats that renew; 10 where not given */
    readonly renewing?: number | undefined;
    /** seats that do not renew; none where not given */
    readonly expiring?: number | undefined;
    /** date on which the period ends */
    readonly period_end?: string | undefined;
  })[] | undefined;
}

/** Facts of an app or a book in the store. */
export interface ScenarioApp {
  /** Adam ID: the number of an app or book in the store */
  readonly adam_id: AdamId;
  /** as the store shows it */
  readonly name?: string | undefined;
  /** of an app */
  readonly bundle_id?: string | undefined;
  /** iosSoftware where not given */
  readonly kind?: 'iosSoftware' | 'desktopApp' | 'epubBook' | undefined;
  /** iphone, ipad, ipod, mac, tvos, … */
  readonly device_families?: readonly string[] | undefined;
  /** that the store has */
  readonly version?: string | undefined;
  /** number of the version in the store */
  readonly external_version_id?: number | undefined;
  /** from which it runs */
  readonly minimum_os?: string | undefined;
  /** who made it */
  readonly artist?: string | undefined;
  /** where the store puts it */
  readonly genre?: string | undefined;
  /** what the store says of it */
  readonly description?: string | undefined;
  /** in the currency of the storefront */
  readonly price?: number | undefined;
  /** seen with a content token only */
  readonly custom?: boolean | undefined;
  /** whether devices can have it */
  readonly device_based_licensing?: boolean | undefined;
  /** when this version came */
  readonly release_date?: string | undefined;
  /** of its part for the watch */
  readonly watch_bundle_id?: string | undefined;
  /** where it is sold; everywhere where not given */
  readonly storefronts?: readonly string[] | undefined;
}

/** What has become of all that, as exported snapshots tell it. @internal */
export interface ScenarioState {
  /** id of the organization then: credentials that are made up go by it */
  readonly organization_id?: string | undefined;
  readonly begun?: {
    /** An instant: 2026-03-02 or 2026-03-02T08:00:00Z */
    readonly at: Instant;
    /** An instant: 2026-03-02 or 2026-03-02T08:00:00Z */
    readonly wall_at: Instant;
  } | undefined;
  readonly changes?: number | undefined;
  /** how many of each kind were handed out */
  readonly identifiers?: { readonly [name: string]: number } | undefined;
  /** what clients had stamped, and how far the virtual clock was from the real one */
  readonly client_times?: readonly (readonly [string, number])[] | undefined;
  readonly planned?: readonly ({
    /** An instant: 2026-03-02 or 2026-03-02T08:00:00Z */
    readonly at: Instant;
    readonly throttle_ends?: readonly (string | number)[] | undefined;
    readonly event_processed?: {
      readonly location: number;
      readonly event_id: string;
    } | undefined;
  })[] | undefined;
  readonly enrollment?: {
    readonly terms?: 'accepted' | 'expired' | undefined;
    /** service discovery URL of account-driven enrollment */
    readonly account_driven_profile?: {
      readonly url: string;
      /** An instant: 2026-03-02 or 2026-03-02T08:00:00Z */
      readonly updated_at: Instant;
    } | undefined;
    readonly last_event?: number | undefined;
    readonly mdm_servers?: readonly ({
      readonly server_name: string;
      /** the newest last; former ones are told from unknown ones */
      readonly server_tokens?: readonly ({
        readonly consumer_key: string;
        readonly consumer_secret: string;
        readonly access_token: string;
        readonly access_secret: string;
        readonly status: 'valid' | 'replaced' | 'revoked';
        /** An instant: 2026-03-02 or 2026-03-02T08:00:00Z */
        readonly expires_at: Instant;
      })[] | undefined;
      readonly sessions?: readonly ({
        readonly token: string;
        /** An instant: 2026-03-02 or 2026-03-02T08:00:00Z */
        readonly used_at: Instant;
        /** answers since it began or was last rotated */
        readonly answers: number;
        /** set once a successor was handed out */
        readonly ends_at?: Instant | undefined;
      })[] | undefined;
      /** OAuth nonces in use, and when each may be forgotten */
      readonly nonces?: readonly (readonly [string, Instant])[] | undefined;
      /** requests of the running minute */
      readonly window?: {
        /** An instant: 2026-03-02 or 2026-03-02T08:00:00Z */
        readonly started_at: Instant;
        readonly requests: number;
      } | undefined;
      readonly sync_log?: {
        /** cursors up to this event are expired */
        readonly folded_up_to: number;
        readonly events: readonly ({
          /** rises within the organization; cursors count by it */
          readonly number: number;
          /** An instant: 2026-03-02 or 2026-03-02T08:00:00Z */
          readonly at: Instant;
          readonly operation: 'added' | 'modified' | 'deleted';
          readonly devices?: readonly (string | number)[] | undefined;
          /** in place of `devices`: this one and those after it */
          readonly from?: string | number | undefined;
          readonly count?: number | undefined;
          readonly released_by_replacement?: boolean | undefined;
        })[];
      } | undefined;
    })[] | undefined;
    /** those that were defined since the beginning */
    readonly profiles?: readonly ({
      readonly mdm_server: string;
      readonly profile_uuid: string;
      readonly profile: { readonly [name: string]: unknown };
    })[] | undefined;
    /** devices that came since the beginning */
    readonly groups?: readonly ({
      readonly named?: readonly NamedDevice[] | undefined;
      readonly generated?: {
        readonly generate: number;
        readonly device_family?: 'iPhone' | 'iPad' | 'iPod' | 'Mac' | 'AppleTV' | 'Vision' | undefined;
        readonly model?: string | undefined;
        readonly color?: string | undefined;
        readonly description?: string | undefined;
        readonly asset_tag?: string | undefined;
        readonly serial_format?: 'randomized' | 'legacy-mac' | 'legacy-ipad' | 'legacy-iphone' | 'legacy-ipod' | 'legacy-appletv' | undefined;
      } | undefined;
      /** server_name; of none where not given */
      readonly mdm_server?: string | undefined;
      readonly disowned?: boolean | undefined;
      /** profile_uuid of its profile */
      readonly profile?: string | undefined;
      readonly profile_status?: 'empty' | 'assigned' | 'pushed' | 'removed' | undefined;
      readonly device_assigned_date?: Instant | undefined;
      readonly profile_assign_time?: Instant | undefined;
      readonly profile_push_time?: Instant | undefined;
      /** number of the event that brought it to its MDM server; 0: from the beginning */
      readonly member_since?: number | undefined;
      readonly device_assigned_by: string;
    })[] | undefined;
    /** those to which something has happened */
    readonly devices?: readonly ({
      readonly serial_number: string | number;
      /** server_name; of none where not given */
      readonly mdm_server?: string | undefined;
      readonly disowned?: boolean | undefined;
      /** profile_uuid of its profile */
      readonly profile?: string | undefined;
      readonly profile_status?: 'empty' | 'assigned' | 'pushed' | 'removed' | undefined;
      readonly device_assigned_date?: Instant | undefined;
      readonly profile_assign_time?: Instant | undefined;
      readonly profile_push_time?: Instant | undefined;
      /** number of the event that brought it to its MDM server; 0: from the beginning */
      readonly member_since?: number | undefined;
      readonly device_assigned_by?: string | undefined;
      readonly mdm_migration_deadline?: Instant | undefined;
      readonly throttled_until?: Instant | undefined;
      readonly activation_locked?: boolean | undefined;
      readonly replaces?: {
        readonly device: string | number;
        /** An instant: 2026-03-02 or 2026-03-02T08:00:00Z */
        readonly at: Instant;
      } | undefined;
    })[] | undefined;
  } | undefined;
  readonly push?: {
    /** what was registered, and what became of the newest push */
    readonly registrations?: readonly ({
      readonly of: string | number;
      readonly online: boolean;
      /** push token in hexadecimal; Apple’s have 64 digits */
      readonly token?: string | undefined;
      readonly magic?: string | undefined;
      readonly topic?: string | undefined;
      readonly unregistered_at?: Instant | undefined;
      /** the push that waits for the device */
      readonly stored?: {
        readonly apns_id: string;
        readonly topic: string;
        readonly payload: string;
        /** An instant: 2026-03-02 or 2026-03-02T08:00:00Z */
        readonly at: Instant;
        /** An instant: 2026-03-02 or 2026-03-02T08:00:00Z */
        readonly expires_at: Instant;
        /** whether the PushMagic is the device's */
        readonly wakes: boolean;
      } | undefined;
      /** apns-id of the newest push */
      readonly last_id?: string | undefined;
      readonly last_at?: Instant | undefined;
      readonly last_fate?: 'delivered' | 'stored' | 'discarded' | undefined;
      readonly last_reason?: 'overwritten' | 'expired' | 'unregistered' | 'not_stored' | undefined;
      readonly last_woke?: boolean | undefined;
      /** begin of the minute in which `counted` came */
      readonly counted_from?: Instant | undefined;
      readonly counted?: number | undefined;
    })[] | undefined;
    /** who has which push token, of those given since the beginning */
    readonly tokens?: readonly (readonly [string, string | number])[] | undefined;
    /** push tokens out of use: 410 */
    readonly former_tokens?: readonly ({
      /** push token in hexadecimal; Apple’s have 64 digits */
      readonly token: string;
      readonly of: string | number;
      readonly topic: string;
      /** An instant: 2026-03-02 or 2026-03-02T08:00:00Z */
      readonly ended_at: Instant;
    })[] | undefined;
    readonly tokens_of_no_device?: number | undefined;
    readonly keys?: readonly ({
      readonly key_id: string;
      readonly team_id: string;
      readonly environment: 'production' | 'sandbox' | 'both';
      readonly topics?: readonly string[] | undefined;
      readonly related_key?: string | undefined;
      /** PUBLIC KEY (P-256) in PEM; a pair is made on demand where not given */
      readonly public_key?: string | undefined;
      readonly revoked: boolean;
    })[] | undefined;
    readonly revoked_certificates?: readonly string[] | undefined;
    readonly revoked_topics?: readonly string[] | undefined;
    readonly channels?: readonly ({
      /** environment and bundle id */
      readonly home: string;
      readonly id: string;
      readonly storage_policy: 0 | 1;
      readonly push_type: string;
      readonly broadcasts: number;
    })[] | undefined;
    readonly counts?: {
      readonly accepted: number;
      readonly delivered: number;
      readonly delivered_from_storage: number;
      readonly stored: number;
      readonly magic_mismatches: number;
      readonly discarded: {
        readonly overwritten: number;
        readonly expired: number;
        readonly unregistered: number;
        readonly not_stored: number;
      };
    } | undefined;
    /** where the source of made-up ids stands */
    readonly ids?: readonly number[] | undefined;
  } | undefined;
  readonly locations?: readonly ({
    /** of the location at the same place under `locations` */
    readonly name: string;
    readonly tokens?: readonly ({
      readonly token: string;
      readonly rights: 'full' | 'read_only';
      readonly kind: 'location' | 'legacy';
      readonly status: 'valid' | 'revoked';
      /** An instant: 2026-03-02 or 2026-03-02T08:00:00Z */
      readonly expires_at: Instant;
      readonly second: number;
      readonly requests: number;
    })[] | undefined;
    readonly assets?: readonly ({
      readonly adam_id: string;
      readonly pricing_param: 'STDQ' | 'PLUS';
      readonly product_type: 'App' | 'Book';
      readonly device_assignable: boolean;
      readonly revocable: boolean;
      readonly platforms: readonly ('iOS' | 'macOS' | 'tvOS' | 'watchOS' | 'visionOS')[];
      readonly total: number;
      readonly retired: number;
    })[] | undefined;
    readonly users?: {
      readonly users: readonly ({
        readonly user_id: number;
        readonly client_user_id: string;
        readonly email?: string | undefined;
        readonly managed_apple_id?: string | undefined;
        readonly apple_account?: string | undefined;
        readonly status: 'Registered' | 'Associated' | 'Retired';
        /** index of the record before, of the same client_user_id */
        readonly former?: number | undefined;
        readonly was_linked: boolean;
        readonly superseded: boolean;
        readonly version: number;
      })[];
      readonly by_client_user_id: readonly (readonly [string, number])[];
      readonly by_apple_account: readonly (readonly [string, number])[];
    } | undefined;
    readonly assignments?: {
      /** licenses in the order in which they were assigned */
      readonly taken: readonly ({
        /** index of the asset */
        readonly asset: number;
        /** index of the user */
        readonly user?: number | undefined;
        readonly serial_number?: string | undefined;
        /** place in the lists of assignments */
        readonly slot: number;
        /** number of the license within its asset */
        readonly license: number;
        readonly version: number;
      })[];
      readonly free_slots: readonly number[];
      /** of each asset */
      readonly free_licenses: readonly (readonly number[])[];
      /** version, asset and license of those that came free */
      readonly freed: readonly (readonly [number, number, number])[];
      /** serial numbers that hold a license, or held one */
      readonly serials: readonly string[];
      /** places in `serials` that are given again */
      readonly free: readonly number[];
    } | undefined;
    readonly subscriptions?: readonly ({
      readonly adam_id: number;
      readonly parent_adam_id?: number | undefined;
      readonly renewing: number;
      readonly expiring: number;
      readonly period_end: string;
      /** clientUserId, and whether the seat renews */
      readonly seats: readonly (readonly [string, boolean])[];
      readonly admins: readonly string[];
    })[] | undefined;
    readonly subscriptions_enabled?: boolean | undefined;
    /** asynchronous events by their id */
    readonly events?: readonly ({
      readonly event_id: string;
      readonly type: 'ASSOCIATE' | 'DISASSOCIATE' | 'REVOKE' | 'CREATE' | 'UPDATE' | 'RETIRE';
      readonly num_requested: number;
      /** what is still to be done */
      readonly request?: {
        readonly kind: 'assets';
        readonly type: 'ASSOCIATE' | 'DISASSOCIATE';
        readonly assets: readonly number[];
        readonly client_user_ids: readonly string[];
        readonly serial_numbers: readonly string[];
      } | {
        readonly kind: 'revoke';
        readonly type: 'REVOKE';
        readonly client_user_ids: readonly string[];
        readonly serial_numbers: readonly string[];
      } | {
        readonly kind: 'users';
        readonly type: 'CREATE' | 'UPDATE' | 'RETIRE';
        readonly users: readonly ({
          readonly client_user_id: string;
          readonly email?: string | undefined;
          readonly managed_apple_id?: string | undefined;
        })[];
      } | {
        readonly kind: 'subscriptions';
        readonly type: 'ASSOCIATE' | 'DISASSOCIATE';
        readonly adam_ids: readonly number[];
        readonly client_user_ids: readonly string[];
        readonly renewing: boolean;
        readonly deferred: boolean;
      } | undefined;
      readonly status: 'PENDING' | 'COMPLETE' | 'FAILED';
      readonly num_completed: number;
      readonly failures: readonly ({
        readonly error_number: number;
        readonly assets: readonly ({
          readonly adam_id: string;
          readonly pricing_param: 'STDQ' | 'PLUS';
        })[];
        readonly client_user_ids: readonly string[];
        readonly serial_numbers: readonly string[];
      })[];
    })[] | undefined;
    /** by which versionIds are made */
    readonly versions?: {
      readonly assets: number;
      readonly assignments: number;
      readonly users: number;
      readonly subscriptions: number;
    } | undefined;
    readonly config?: {
      readonly mdm_info?: {
        /** a UUID that the MDM made for itself */
        readonly id: string;
        /** what the MDM calls itself */
        readonly name: string;
        /** whatever else the MDM wrote down */
        readonly metadata: string;
      } | undefined;
      readonly notification_url?: string | undefined;
      readonly notification_auth_token?: string | undefined;
      readonly notification_types: readonly ('ASSET_MANAGEMENT' | 'USER_MANAGEMENT' | 'USER_ASSOCIATED' | 'ASSET_COUNT' | 'SUBSCRIPTION_MANAGEMENT' | 'SUBSCRIPTION_COUNT' | 'UNLIMITED_ASSET' | 'TEST_NOTIFICATION')[];
    } | undefined;
    readonly legacy_config?: {
      readonly apn_token?: string | undefined;
      readonly notification_token?: string | undefined;
      readonly notification_url?: string | undefined;
    } | undefined;
    readonly client_context?: string | undefined;
    readonly used_by_v2?: boolean | undefined;
    /** notifications that are still to be sent */
    readonly outbox?: readonly ({
      readonly notification_id: string;
      readonly notification_type: 'ASSET_MANAGEMENT' | 'USER_MANAGEMENT' | 'USER_ASSOCIATED' | 'ASSET_COUNT' | 'SUBSCRIPTION_MANAGEMENT' | 'SUBSCRIPTION_COUNT' | 'UNLIMITED_ASSET' | 'TEST_NOTIFICATION';
      readonly notification: { readonly [name: string]: unknown };
    })[] | undefined;
  })[] | undefined;
  /** in place of those above, with how often they were applied */
  readonly faults?: readonly ({
    readonly id: string;
    readonly fault: Fault;
    readonly from?: Instant | undefined;
    readonly until?: Instant | undefined;
    readonly matched: number;
    readonly applied: number;
    readonly random: readonly number[];
    readonly buckets?: readonly (readonly [string, number, number])[] | undefined;
  })[] | undefined;
  readonly server_faults?: readonly ({
    readonly id: string;
    readonly fault: Fault;
    readonly from?: Instant | undefined;
    readonly until?: Instant | undefined;
    readonly matched: number;
    readonly applied: number;
    readonly random: readonly number[];
    readonly buckets?: readonly (readonly [string, number, number])[] | undefined;
  })[] | undefined;
  /** how far the timeline has come */
  readonly timeline?: {
    /** An instant: 2026-03-02 or 2026-03-02T08:00:00Z */
    readonly started_at: Instant;
    /** milliseconds of real time since then */
    readonly real_time_since: number;
    readonly entries: readonly ({
      /** exchanges until it is due */
      readonly left: number;
      readonly status: 'pending' | 'done' | 'failed';
      readonly at?: Instant | undefined;
      readonly reason?: string | undefined;
    })[];
  } | undefined;
}

/** How Apple behaves; each key has a default. */
export interface BehaviorSettings {
  readonly dep?: {
    /** records on a page where the client names no limit (absent, null or 0) (default: 100) */
    readonly limit_default?: number | undefined;
    /** largest limit, as advertised by /account (default: 1000) */
    readonly limit_max?: number | undefined;
    /** a larger limit is clamped, or refused as MALFORMED_REQUEST_BODY (default: "clamp") */
    readonly limit_over_max?: 'clamp' | 'error' | undefined;
    /** protocol version where the header is missing or no number (default: 1) */
    readonly version_default?: number | undefined;
    /** fields, words and members appear from their protocol version on, or always (default: "by_version") */
    readonly field_gating?: 'by_version' | 'off' | undefined;
    /** opaque base64 of colon-separated values, or base64 of `seconds-n` as the simulator made them (default: "opaque") */
    readonly cursor_format?: 'opaque' | 'depsim' | undefined;
    /** the cursor of the request comes back with more_to_follow: true (default: false) */
    readonly cursor_stuck?: boolean | undefined;
    /** age from which a cursor is EXPIRED_CURSOR (default: 7d) */
    readonly cursor_max_age?: Duration | undefined;
    /** answer of fetch to a finished or a sync cursor (default: "exhausted") */
    readonly fetch_with_sync_cursor?: 'exhausted' | 'invalid' | undefined;
    /** fetched_until on every page, or never (as the simulator) (default: "always") */
    readonly fetched_until?: 'always' | 'absent' | undefined;
    /** idle time after which a session ends (default: 10m) */
    readonly session_idle?: Duration | undefined;
    /** every so many answers carry a fresh session token; 0 = never (default: 0) */
    readonly session_rotation?: number | undefined;
    /** life of the former session token after a rotation (default: 5m) */
    readonly session_rotation_grace?: Duration | undefined;
    /** sessions of one server token that live side by side (default: "many") */
    readonly sessions?: 'many' | 'one' | undefined;
    /** expired or missing = 401 UNAUTHORIZED and unknown = 403 FORBIDDEN, or 401 for all (default: "split") */
    readonly bad_session?: 'split' | 'unauthorized' | undefined;
    /** verify the signature, time and nonce, or look at key and token only (default: "full") */
    readonly oauth_check?: 'full' | 'keys_only' | undefined;
    /** distance from our time that oauth_timestamp may have; 0 = any (default: 5m) */
    readonly oauth_window?: Duration | undefined;
    /** a nonce is accepted once for its timestamp, or ever again (default: "once") */
    readonly oauth_nonce?: 'once' | 'any' | undefined;
    /** bodies of 400 and 401 on /session: as seen live, or as the simulator sent them (empty, and UNAUTHORIZED) (default: "live") */
    readonly session_errors?: 'live' | 'depsim' | undefined;
    /** status of token_rejected for a replaced or revoked server token (default: "403") */
    readonly rejected_token_status?: '401' | '403' | 403 | 401 | undefined;
    /** 401 oauth_problem_adviceUnauthorized, or 403 signature_invalid, for a wrong signature (default: "unauthorized") */
    readonly bad_signature?: 'unauthorized' | 'signature_invalid' | undefined;
    /** where T_C_NOT_SIGNED is answered while the terms are not accepted (default: "everywhere") */
    readonly expired_terms?: 'everywhere' | 'session' | 'calls' | undefined;
    /** content type of error answers (default: "text/plain;Charset=UTF8") */
    readonly error_content_type?: string | undefined;
    /** the bare word, or the word in JSON quotes as the simulator sent it (default: "bare") */
    readonly error_body?: 'bare' | 'quoted' | undefined;
    /** content type of successful answers (default: "application/json;charset=UTF8") */
    readonly success_content_type?: string | undefined;
    /** exact: /session wants `application/json;charset=UTF8`, as the simulator did (default: "unchecked") */
    readonly session_content_type?: 'unchecked' | 'exact' | undefined;
    /** a missing user agent is USER_AGENT_MISSING, or accepted (default: "required") */
    readonly user_agent?: 'required' | 'unchecked' | undefined;
    /** user agents that contain one of these are USER_AGENT_INVALID (default: []) */
    readonly user_agent_denied?: readonly string[] | undefined;
    /** protocol version from which user_agent_denied is looked at (default: 1) */
    readonly user_agent_denied_from?: number | undefined;
    /** methods that assign a profile (default: "both") */
    readonly assign_methods?: 'both' | 'put' | 'post' | undefined;
    /** serial numbers in one assign from which it is MALFORMED_REQUEST_BODY; 0 = accepted with advice past 1000 (default: 0) */
    readonly assign_max?: number | undefined;
    /** serial numbers that are missing from the answer to an assign, and stay as they were (default: []) */
    readonly assign_left_out?: readonly string[] | undefined;
    /** NOT_FOUND with 400 or 404 for GET /profile of an unknown profile (default: "400") */
    readonly get_unknown_profile?: '400' | '404' | 400 | 404 | undefined;
    /** PROFILE_NOT_FOUND with 404 or 400 (default: "404") */
    readonly assign_unknown_profile?: '400' | '404' | 404 | 400 | undefined;
    /** per device NOT_ACCESSIBLE, or the whole call 400 NOT_FOUND as in 2018 (default: "not_accessible") */
    readonly define_unknown_serial?: 'not_accessible' | 'not_found' | undefined;
    /** a serial number given twice has one result, or makes the body malformed (default: "one_result") */
    readonly duplicate_serials?: 'one_result' | 'malformed' | undefined;
    /** strict: an empty org_magic is MAGIC_INVALID (default: "lenient") */
    readonly define_magic?: 'lenient' | 'strict' | undefined;
    /** archived: also DEPARTMENT_REQUIRED and SUPPORT_PHONE_REQUIRED (default: "current") */
    readonly define_required?: 'current' | 'archived' | undefined;
    /** status of DEVICE_NOT_FOUND: as seen live, or as documented (default: "400") */
    readonly replacement_not_found?: '400' | '404' | 400 | 404 | undefined;
    /** result of the activation lock for every accessible device (default: "by_state") */
    readonly activation_lock?: 'by_state' | 'SUCCESS' | 'ORG_NOT_SUPPORTED' | 'DEVICE_NOT_SUPPORTED' | 'DEVICE_ALREADY_LOCKED' | 'FAILED' | undefined;
    /** body of a successful POST: `{}` for clients that decode it, or nothing (default: "json") */
    readonly account_driven_answer?: 'json' | 'empty' | undefined;
    /** times that a device does not have are left out, or are "" (default: "omitted") */
    readonly absent_times?: 'omitted' | 'empty' | undefined;
    /** profile_uuid in any case and with dashes, or exactly as issued (default: "lenient") */
    readonly id_matching?: 'lenient' | 'exact' | undefined;
    /** how long a throttled device stays so (default: 1d) */
    readonly throttle?: Duration | undefined;
    /** devices in cooldown vanish from sync, or stay (default: "hidden") */
    readonly throttled_in_sync?: 'hidden' | 'visible' | undefined;
    /** event for the new MDM server when the portal moves a device (default: "modified") */
    readonly move_event?: 'modified' | 'added' | undefined;
    /** what becomes of the profile when a device is assigned to the MDM server that it has (default: "drop") */
    readonly move_same_server?: 'drop' | 'keep' | undefined;
    /** content encryption of the server token file (default: "aes128") */
    readonly token_cipher?: 'aes128' | 'aes256' | '3des' | undefined;
    /** encoding of the server token file (default: "ber") */
    readonly token_encoding?: 'ber' | 'der' | undefined;
    /** consumer_key of a renewed server token (default: "same") */
    readonly renewal_consumer_key?: 'same' | 'new' | undefined;
    /** requests of one server token in a minute before TOO_MANY_REQUESTS; 0 = any number (default: 0) */
    readonly requests_per_minute?: number | undefined;
    /** Retry-After of TOO_MANY_REQUESTS (default: 1m) */
    readonly retry_after?: Duration | undefined;
  } | undefined;
  readonly apns?: {
    /** client certificates that are accepted: of this server’s authority, any with a topic, or those of certificate_pins (default: "local_ca") */
    readonly certificate_trust?: 'local_ca' | 'any' | 'pinned' | undefined;
    /** SHA-256 fingerprints of the certificates that `pinned` accepts (default: []) */
    readonly certificate_pins?: readonly string[] | undefined;
    /** a certificate that is not accepted, revoked or of the other environment: GOAWAY with the reason, or 403 (default: "goaway") */
    readonly bad_certificate?: 'goaway' | 'response' | undefined;
    /** a client with an expired certificate is cut off after the handshake, or answered 403 BadCertificate (default: "close") */
    readonly expired_certificate?: 'close' | 'response' | undefined;
    /** a push without apns-topic takes the one topic of the certificate, or is MissingTopic (default: "from_certificate") */
    readonly missing_topic?: 'from_certificate' | 'error' | undefined;
    /** device tokens are 32 to 100 bytes, exactly 32 bytes, or of any size, in hexadecimal (default: "lenient") */
    readonly token_syntax?: 'lenient' | 'strict' | 'any' | undefined;
    /** a push to a device token that nobody has is refused, or accepted and journaled (default: "BadDeviceToken") */
    readonly unknown_token?: 'BadDeviceToken' | 'accept' | undefined;
    /** case of an apns-id that is generated (default: "upper") */
    readonly generated_id?: 'upper' | 'lower' | undefined;
    /** an apns-expiration in the past: deliver now or drop, or refuse (default: "accept") */
    readonly past_expiration?: 'accept' | 'BadExpirationDate' | undefined;
    /** answer to push type background with priority 10, which Apple’s page calls an error without a name (default: "BadPriority") */
    readonly background_with_priority_10?: 'BadPriority' | 'accept' | undefined;
    /** a push without apns-push-type is accepted, or InvalidPushType (default: "optional") */
    readonly push_type?: 'optional' | 'required' | undefined;
    /** answer to a payload that is no JSON object (default: "PayloadEmpty") */
    readonly payload_not_json?: 'PayloadEmpty' | 'accept' | undefined;
    /** largest payload in bytes (default: 4096) */
    readonly payload_limit?: number | undefined;
    /** largest payload of push type voip in bytes (default: 5120) */
    readonly voip_payload_limit?: number | undefined;
    /** largest payload of a broadcast in bytes (default: 5120) */
    readonly broadcast_payload_limit?: number | undefined;
    /** an `aps` member beside `mdm` is told in the journal, ignored, or refused (default: "warn") */
    readonly aps_beside_mdm?: 'warn' | 'silent' | 'BadTopic' | undefined;
    /** answer to an MDM push with a provider token, which Apple does not support (default: "TopicDisallowed") */
    readonly mdm_with_token?: 'TopicDisallowed' | 'MissingProviderToken' | 'accept' | undefined;
    /** answer to a topic that the key of the token does not cover (default: "TopicDisallowed") */
    readonly topic_outside_key?: 'TopicDisallowed' | 'InvalidProviderToken' | undefined;
    /** reason for a key of the other environment: as on the wire, or as documented (default: "BadEnvironmentKeyInToken") */
    readonly environment_key_reason?: 'BadEnvironmentKeyInToken' | 'BadEnvironmentKeyIdInToken' | undefined;
    /** iat of a provider token may have a fraction, or must be a whole number (default: "number") */
    readonly iat?: 'number' | 'integer' | undefined;
    /** age up to which a provider token is accepted (default: 1h) */
    readonly token_max_age?: Duration | undefined;
    /** answer to a provider token from more than token_max_age ahead (default: "InvalidProviderToken") */
    readonly future_iat?: 'InvalidProviderToken' | 'ExpiredProviderToken' | undefined;
    /** time between two provider tokens on one connection; a sooner one is TooManyProviderTokenUpdates; 0 = any (default: 20m) */
    readonly token_update_interval?: Duration | undefined;
    /** SETTINGS_MAX_CONCURRENT_STREAMS (default: 1000) */
    readonly max_concurrent_streams?: number | undefined;
    /** the same, before the first valid provider token of a connection without a certificate (default: 1) */
    readonly streams_before_token?: number | undefined;
    /** SETTINGS_HEADER_TABLE_SIZE (default: 4096) */
    readonly header_table_size?: number | undefined;
    /** SETTINGS_INITIAL_WINDOW_SIZE (default: 65535) */
    readonly initial_window_size?: number | undefined;
    /** SETTINGS_MAX_FRAME_SIZE (default: 16384) */
    readonly max_frame_size?: number | undefined;
    /** SETTINGS_MAX_HEADER_LIST_SIZE (default: 8000) */
    readonly max_header_list_size?: number | undefined;
    /** a request whose list of header fields is larger than max_header_list_size, which RFC 9113 section 10.5.1 calls advice, is taken, or answered 431 on the TLS port (default: "accept") */
    readonly larger_header_list?: '431' | 'accept' | 431 | undefined;
    /** real time without a request after which a connection is told GOAWAY, IdleTimeout; 0 = never (default: 0ms) */
    readonly idle_close?: Duration | undefined;
    /** the stream limit falls to 1 with a rejected push and rises with the next good one (default: false) */
    readonly streams_drop_after_rejection?: boolean | undefined;
    /** rejected pushes (410 apart) after which a connection is told to go away; 0 = any number (default: 0) */
    readonly errors_per_connection?: number | undefined;
    /** pushes to one device token within a minute before TooManyRequests; 0 = any number (default: 0) */
    readonly requests_per_token?: number | undefined;
    /** Retry-After of 429 and 503; 0 = not sent (default: 0ms) */
    readonly retry_after?: Duration | undefined;
    /** where apns-unique-id is sent (default: "sandbox") */
    readonly unique_id?: 'sandbox' | 'always' | 'never' | undefined;
    /** answers carry a Date header (default: false) */
    readonly date_header?: boolean | undefined;
    /** longest time for which a push to an absent device is kept (default: 30d) */
    readonly stored_longest?: Duration | undefined;
    /** who listens with a device token that nobody has registers it, or is refused (default: "register") */
    readonly unknown_listener?: 'register' | 'BadDeviceToken' | undefined;
    /** time between comments to a listener; 0 = none (default: 30s) */
    readonly listener_keep_alive?: Duration | undefined;
    /** broadcast channels of one app in one environment (default: 10000) */
    readonly channels_per_app?: number | undefined;
    /** apps may broadcast; otherwise FeatureNotEnabled (default: true) */
    readonly broadcast?: boolean | undefined;
  } | undefined;
  readonly vpp?: {
    /** status of 9622 on v2 for a content token that is unknown or none: as seen live, or as documented for its siblings (default: "200") */
    readonly invalid_token?: '200' | '401' | 200 | 401 | undefined;
    /** status of 9621 and 9625 on v2 for an expired and a revoked content token (default: "401") */
    readonly token_status?: '200' | '401' | 401 | 200 | undefined;
    /** a new content token of a location ends the former ones (default: false) */
    readonly new_token_revokes?: boolean | undefined;
    /** contentMetadataLookup in the service configs; empty: the origin that the client used (default: "") */
    readonly metadata_url?: string | undefined;
    /** when tokenExpirationDate is told: in every answer as in all samples, or as the prose has it (default: "always") */
    readonly token_expiration_date?: 'always' | 'last_15_days' | undefined;
    /** assets in one call (default: 25) */
    readonly max_assets?: number | undefined;
    /** client user ids in one associate or disassociate (default: 1000) */
    readonly max_client_user_ids?: number | undefined;
    /** serial numbers in one associate or disassociate (default: 1000) */
    readonly max_serial_numbers?: number | undefined;
    /** client user ids in one revoke (default: 100) */
    readonly max_revoke_client_user_ids?: number | undefined;
    /** serial numbers in one revoke (default: 100) */
    readonly max_revoke_serial_numbers?: number | undefined;
    /** users in one create, update or retire (default: 100) */
    readonly max_users?: number | undefined;
    /** characters of the notification URL, and of its token (default: 512) */
    readonly max_notification_length?: number | undefined;
    /** characters of mdmInfo.id (default: 100) */
    readonly max_mdm_id_length?: number | undefined;
    /** characters of mdmInfo.name (default: 100) */
    readonly max_mdm_name_length?: number | undefined;
    /** characters of mdmInfo.metadata (default: 255) */
    readonly max_mdm_metadata_length?: number | undefined;
    /** requests of one content token in a second, as the service config says; rate_limit enforces it (default: 15) */
    readonly max_requests_per_second?: number | undefined;
    /** requests beyond max_requests_per_second, counted by the virtual clock, are accepted or rejected with 9646 (default: "off") */
    readonly rate_limit?: 'off' | 'enforced' | undefined;
    /** subscriptions in one call (default: 25) */
    readonly max_subscriptions?: number | undefined;
    /** client user ids in one call for subscriptions (default: 1000) */
    readonly max_subscription_client_user_ids?: number | undefined;
    /** number of too many subscriptions: the error table's, or that of the page on subscriptions (default: "9816") */
    readonly subscription_limit_error?: '9805' | '9816' | 9816 | 9805 | undefined;
    /** records on a page of v2 and of v1 assignments (default: 500) */
    readonly page_size?: number | undefined;
    /** every so many pages the version of the data changes, as if somebody wrote; 0 = never (default: 0) */
    readonly version_changes_every?: number | undefined;
    /** error of an associate or disassociate of an asset that the location does not have (default: "9602") */
    readonly unknown_asset?: '9602' | '9709' | 9602 | 9709 | undefined;
    /** a serial number that is no device of the organization is assigned all the same, or its pair fails with 9610 (default: "accepted") */
    readonly unknown_serial?: 'accepted' | 'failed' | undefined;
    /** v2 disassociate of a pair that is not there counts as done, or fails with 9619 (default: "done") */
    readonly disassociate_unassigned?: 'done' | 'failed' | undefined;
    /** virtual time between a write and its effect (default: 1s) */
    readonly event_delay?: Duration | undefined;
    /** events complete after their delay, or stay PENDING forever (default: "complete") */
    readonly event_outcome?: 'complete' | 'pending' | undefined;
    /** error number that pairs and users of events meet; 0 = none (default: 0) */
    readonly event_error?: number | undefined;
    /** every so many pairs or users meet event_error; 1 = all (default: 1) */
    readonly event_error_every?: number | undefined;
    /** events of a location that /status remembers (default: 10000) */
    readonly event_retention?: number | undefined;
    /** notifications are sent once, doubled with the same notificationId, or lost (default: "once") */
    readonly webhooks?: 'once' | 'twice' | 'dropped' | undefined;
    /** real time before a notification is sent (default: 0ms) */
    readonly webhook_delay?: Duration | undefined;
    /** attempts of a notification in all (default: 3) */
    readonly webhook_attempts?: number | undefined;
    /** virtual time between the attempts (default: 1m) */
    readonly webhook_retry?: Duration | undefined;
    /** real time that a receiver has to answer (default: 10s) */
    readonly webhook_timeout?: Duration | undefined;
    /** a notification URL must answer TEST_NOTIFICATION, or is taken unseen (default: "required") */
    readonly test_notification?: 'required' | 'skipped' | undefined;
    /** members of a v2 body that Apple does not document are ignored, or 9602 (default: "ignored") */
    readonly unknown_members?: 'ignored' | 'rejected' | undefined;
    /** a body with another content type is 9727, or taken (default: "json") */
    readonly content_type?: 'json' | 'unchecked' | undefined;
    /** Retry-After of 9646 and of every 5xx; 0 = none (default: 30s) */
    readonly retry_after?: Duration | undefined;
    /** clientContext of v1 once the location was used with v2 (default: "{\"hostname\":\"vpp.itunes.apple.com\",\"guid\":\"00000000-0000-0000-0000-000000000002\"}") */
    readonly v2_marker?: string | undefined;
    /** licenses or users in a batch of v1 (default: 600) */
    readonly v1_batch_size?: number | undefined;
    /** associations in one v1 manage call (default: 10) */
    readonly v1_max_associate?: number | undefined;
    /** disassociations in one v1 manage call (default: 10) */
    readonly v1_max_disassociate?: number | undefined;
    /** bytes of clientContext (default: 256) */
    readonly v1_client_context_length?: number | undefined;
    /** totalBatchCount as text, as in the sample, or as a number (default: "text") */
    readonly v1_total_batch_count?: 'text' | 'number' | undefined;
    /** forbidden: the catalog answers 403 40300 whatever the tokens are (default: "open") */
    readonly catalog_access?: 'open' | 'forbidden' | undefined;
    /** developer tokens are verified where the scenario names metadata keys, looked at only, or never looked at (default: "by_keys") */
    readonly developer_token?: 'by_keys' | 'shape' | 'any' | undefined;
    /** versionDisplay comes with a stray space, as seen live (default: false) */
    readonly lookup_version_spaces?: boolean | undefined;
  } | undefined;
}

/** What goes wrong, and when. */
export interface Fault {
  readonly id?: string | undefined;
  /** operation name; * stands for any characters */
  readonly on: FaultTarget;
  /** host name that the client asks for; * stands for any characters */
  readonly host?: string | undefined;
  readonly where?: Where | undefined;
  /** only the n-th request that it matches */
  readonly nth?: number | undefined;
  /** how often it applies at most */
  readonly times?: number | undefined;
  /** virtual time, or how long after the fault was set */
  readonly after?: Instant | Duration | undefined;
  /** virtual time, or how long after the fault was set */
  readonly until?: Instant | Duration | undefined;
  /** chance, by the seed */
  readonly probability?: number | undefined;
  /** only requests beyond so many in a virtual time; Apple's 429 where `answer` is not given */
  readonly rate_limit?: {
    readonly requests: number;
    /** A duration: 500ms, 30s, 10m, 24h, 7d, 1h30m or 1 h 30 m */
    readonly per: Duration;
    readonly by: 'credential' | 'device';
  } | undefined;
  readonly answer?: FaultAnswer | undefined;
  /** real time before the answer: the same, or drawn by the seed */
  readonly latency?: Duration | {
    readonly uniform: readonly [Duration, Duration];
  } | {
    readonly log_normal: {
      /** A duration: 500ms, 30s, 10m, 24h, 7d, 1h30m or 1 h 30 m */
      readonly median: Duration;
      readonly sigma: number;
    };
  } | undefined;
  /** pace of the body, in real time */
  readonly bytes_per_second?: number | undefined;
  /** whole seconds in the Retry-After header */
  readonly retry_after?: Duration | undefined;
}

/** What is answered in place of the true answer. */
export type FaultAnswer = AppleErrorNumber | AppleErrorName | {
  readonly status: number;
  readonly body?: string | undefined;
  readonly headers?: { readonly [name: string]: string } | undefined;
} | {
  readonly reset: true;
} | {
  readonly empty_reply: true;
} | {
  readonly refused_stream: true;
} | {
  readonly stall: true;
} | {
  readonly goaway: string | true;
} | {
  readonly stream_limit: number;
} | {
  readonly truncated_json: true;
} | {
  readonly malformed_json: true;
} | {
  readonly stuck_cursor: true;
} | {
  readonly sync_events: 'lost' | 'doubled';
} | {
  readonly tls_alert: 'certificate_revoked' | 'certificate_expired' | 'certificate_unknown' | 'unknown_ca' | 'internal_error';
};

/** One thing that happens of its own accord: when, and one action of the portal or on faults. */
export type TimelineEntry = TimelineMoment & (Action | FaultAction);

/** What the system under test must do: one of `operation`, `never`, `in_order` and `data_sent`. */
export interface Expectation {
  /** what it is about, as reports say it */
  readonly name?: string | undefined;
  readonly operation?: OperationPattern | undefined;
  readonly never?: OperationPattern | undefined;
  /** first occurrences come in this order */
  readonly in_order?: readonly OperationPattern[] | undefined;
  /** what is sent to Apple is what a declaration declares */
  readonly data_sent?: {
    /** path of a declaration file, beside this file, or the declaration itself */
    readonly declaration: string | DataSentDeclaration;
    readonly undeclared?: 'fail' | 'warn' | undefined;
    readonly unseen?: 'fail' | 'ignore' | undefined;
  } | undefined;
  /** which exchanges count */
  readonly where?: Where | undefined;
  /** some exchange that counts satisfies all */
  readonly fields?: Where | undefined;
  /** every exchange that counts satisfies all */
  readonly each?: Where | undefined;
  /** how many count; at least one where not given */
  readonly times?: number | {
    readonly at_least?: number | undefined;
    readonly at_most?: number | undefined;
  } | undefined;
  /** only exchanges so soon, in virtual time, after the first of another operation */
  readonly within?: {
    /** A duration: 500ms, 30s, 10m, 24h, 7d, 1h30m or 1 h 30 m */
    readonly time: Duration;
    /** operation name; * stands for any characters */
    readonly after: OperationPattern;
    /** which exchange of that operation counts */
    readonly where?: Where | undefined;
  } | undefined;
  /** with nothing in between */
  readonly adjacent?: boolean | undefined;
}

/** What a vendor declares to exchange with Apple. */
export interface DataSentDeclaration {
  readonly name: string;
  /** where the table is published */
  readonly source?: string | undefined;
  readonly rows: readonly ({
    /** number or id in the published table */
    readonly row?: number | string | undefined;
    /** as the vendor calls it */
    readonly service: string;
    /** what it is called in the published table */
    readonly item: string;
    /** seen from the MDM */
    readonly direction: 'sent' | 'received' | 'both';
    /** first protocol version that has it */
    readonly since?: number | undefined;
    readonly used_for?: string | undefined;
    readonly personal_data: 'no' | 'maybe' | 'pseudonym' | 'yes';
    readonly note?: string | undefined;
    /** operations, and the locations in their exchanges */
    readonly at: { readonly [name: string]: string | readonly string[] };
  })[];
}

/** Locations such as `$.body.profile_name` (JSONPath), and what must stand there; all must hold. */
export type Where = { readonly [Location in `$${string}` | 'protocol_version' | 'push_magic']?: Matcher | undefined };

/** What a value must be; of several members all must hold. */
export type Matcher = 'present' | 'absent' | 'of_device' | {
  readonly equals?: unknown;
  readonly one_of?: readonly unknown[] | undefined;
  /** regular expression in the syntax of RE2 */
  readonly matches?: string | undefined;
  /** part of a text, or item of a list */
  readonly contains?: unknown;
  readonly at_least?: number | undefined;
  readonly at_most?: number | undefined;
  /** characters of a text, items of a list, members of an object */
  readonly length?: number | {
    readonly at_least?: number | undefined;
    readonly at_most?: number | undefined;
  } | undefined;
  readonly type?: 'text' | 'number' | 'integer' | 'boolean' | 'list' | 'object' | 'null' | undefined;
  /** serial number of a device: of the organization, of the MDM server that asks, or of a named one */
  readonly serial_of?: Ownership | undefined;
  /** profile_uuid of a profile: of the organization, of the MDM server that asks, or of a named one */
  readonly profile_of?: Ownership | undefined;
  /** the device's own PushMagic */
  readonly push_magic?: 'of_device' | undefined;
  readonly not?: NegatedMatcher | undefined;
  readonly [Symbol.iterator]?: undefined;
} | number | boolean;

/** What a value must not be. */
export type NegatedMatcher = 'present' | 'absent' | {
  readonly equals?: unknown;
  readonly one_of?: readonly unknown[] | undefined;
  /** regular expression in the syntax of RE2 */
  readonly matches?: string | undefined;
  /** part of a text, or item of a list */
  readonly contains?: unknown;
  readonly at_least?: number | undefined;
  readonly at_most?: number | undefined;
  /** characters of a text, items of a list, members of an object */
  readonly length?: number | {
    readonly at_least?: number | undefined;
    readonly at_most?: number | undefined;
  } | undefined;
  readonly type?: 'text' | 'number' | 'integer' | 'boolean' | 'list' | 'object' | 'null' | undefined;
  /** serial number of a device: of the organization, of the MDM server that asks, or of a named one */
  readonly serial_of?: Ownership | undefined;
  /** profile_uuid of a profile: of the organization, of the MDM server that asks, or of a named one */
  readonly profile_of?: Ownership | undefined;
  /** the device's own PushMagic */
  readonly push_magic?: 'of_device' | undefined;
  readonly [Symbol.iterator]?: undefined;
};

/** Any of the organization's, those of the MDM server that asks, or those of a named one. */
export type Ownership = 'organization' | 'mdm_server' | {
  readonly mdm_server: string;
};

/** An operation by its name, or several by a pattern in which `*` stands for any characters. */
export type OperationPattern = OperationName | `${string}*${string}`;

/** The operations that are applied; `connection`: before the first request of one. */
export type FaultTarget = OperationPattern | 'connection';

/** One of Apple's errors, by its name in the error table of the service. */
export type AppleErrorName =
  | '9600'
  | '9601'
  | '9602'
  | '9603'
  | '9604'
  | '9605'
  | '9606'
  | '9607'
  | '9608'
  | '9609'
  | '9610'
  | '9611'
  | '9612'
  | '9613'
  | '9614'
  | '9615'
  | '9616'
  | '9617'
  | '9618'
  | '9619'
  | '9620'
  | '9621'
  | '9622'
  | '9623'
  | '9624'
  | '9625'
  | '9626'
  | '9627'
  | '9628'
  | '9629'
  | '9630'
  | '9631'
  | '9632'
  | '9633'
  | '9634'
  | '9635'
  | '9636'
  | '9637'
  | '9638'
  | '9639'
  | '9640'
  | '9641'
  | '9642'
  | '9643'
  | '9644'
  | '9645'
  | '9646'
  | '9647'
  | '9650'
  | '9700'
  | '9701'
  | '9702'
  | '9703'
  | '9704'
  | '9705'
  | '9706'
  | '9707'
  | '9708'
  | '9709'
  | '9710'
  | '9711'
  | '9712'
  | '9713'
  | '9714'
  | '9715'
  | '9716'
  | '9717'
  | '9718'
  | '9719'
  | '9720'
  | '9721'
  | '9722'
  | '9723'
  | '9724'
  | '9725'
  | '9726'
  | '9727'
  | '9728'
  | '9729'
  | '9805'
  | '9811'
  | '9812'
  | '9813'
  | '9814'
  | '9815'
  | '9816'
  | '9817'
  | '9818'
  | 'ACCESS_DENIED'
  | 'APPLE_SEED_FOR_IT_TURNED_OFF'
  | 'BODY_TOO_LARGE'
  | 'BadCertificate'
  | 'BadCertificateEnvironment'
  | 'BadChannelId'
  | 'BadCollapseId'
  | 'BadDeviceToken'
  | 'BadEnvironmentKeyIdInToken'
  | 'BadEnvironmentKeyInToken'
  | 'BadExpirationDate'
  | 'BadMessageId'
  | 'BadPath'
  | 'BadPriority'
  | 'BadRequestParams'
  | 'BadRequestPayload'
  | 'BadTopic'
  | 'CATALOG_40000'
  | 'CATALOG_40100'
  | 'CATALOG_40300'
  | 'CATALOG_40400'
  | 'CATALOG_42900'
  | 'CONFIG_NAME_INVALID'
  | 'CONFIG_NAME_REQUIRED'
  | 'CONFIG_URL_INVALID'
  | 'CONFIG_URL_REQUIRED'
  | 'CURSOR_REQUIRED'
  | 'CannotCreateChannelConfig'
  | 'ChannelNotRegistered'
  | 'DEPARTMENT_INVALID'
  | 'DEPARTMENT_REQUIRED'
  | 'DEVICE_ID_REQUIRED'
  | 'DEVICE_NOT_FOUND'
  | 'DEVICE_NOT_FOUND_404'
  | 'DeviceTokenNotForTopic'
  | 'DuplicateHeaders'
  | 'EXHAUSTED_CURSOR'
  | 'EXPIRED_CURSOR'
  | 'ExpiredProviderToken'
  | 'ExpiredToken'
  | 'FLAGS_INVALID'
  | 'FORBIDDEN'
  | 'FeatureNotEnabled'
  | 'Forbidden'
  | 'INTERNAL_SERVER_ERROR'
  | 'INVALID_CURSOR'
  | 'IdleTimeout'
  | 'InternalServerError'
  | 'InvalidProviderToken'
  | 'InvalidPushType'
  | 'LOCALE_INVALID'
  | 'LOOKUP_403'
  | 'LOOKUP_7011'
  | 'LOOKUP_7012'
  | 'MAGIC_INVALID'
  | 'MALFORMED_REQUEST_BODY'
  | 'MDM_SERVICE_DISCOVERY_URL_NOT_VALID'
  | 'MDM_SERVICE_DISCOVERY_URL_REQUIRED'
  | 'METHOD_NOT_ALLOWED'
  | 'MethodNotAllowed'
  | 'MissingChannelId'
  | 'MissingDeviceToken'
  | 'MissingProviderToken'
  | 'MissingPushType'
  | 'MissingTopic'
  | 'NOT_FOUND'
  | 'NOT_FOUND_404'
  | 'OAUTH_BAD_REQUEST'
  | 'OAUTH_UNAUTHORIZED'
  | 'ORG_NOT_SUPPORTED'
  | 'PATH_NOT_FOUND'
  | 'PROFILE_NOT_FOUND'
  | 'PROFILE_NOT_FOUND_400'
  | 'PROFILE_UUID_REQUIRED'
  | 'PayloadEmpty'
  | 'PayloadTooLarge'
  | 'SERVER_ERROR'
  | 'SERVICE_UNAVAILABLE'
  | 'SIMULATOR_BAD_REQUEST'
  | 'SIMULATOR_UNAUTHORIZED'
  | 'SUPPORT_EMAIL_INVALID'
  | 'SUPPORT_PHONE_INVALID'
  | 'SUPPORT_PHONE_REQUIRED'
  | 'ServiceUnavailable'
  | 'Shutdown'
  | 'TOO_MANY_REQUESTS'
  | 'T_C_NOT_SIGNED'
  | 'TooManyProviderTokenUpdates'
  | 'TooManyRequests'
  | 'TopicDisallowed'
  | 'TopicMismatch'
  | 'UNAUTHORIZED'
  | 'USER_AGENT_INVALID'
  | 'USER_AGENT_MISSING'
  | 'Unregistered'
  | 'UnrelatedKeyIdInToken'
  | 'WRONG_METHOD'
  | 'signature_invalid'
  | 'token_expiredForbidden'
  | 'token_rejected'
  | 'token_rejectedUnauthorized';

/** An error of Apps and Books. */
export type AppleErrorNumber =
  | 9600
  | 9601
  | 9602
  | 9603
  | 9604
  | 9605
  | 9606
  | 9607
  | 9608
  | 9609
  | 9610
  | 9611
  | 9612
  | 9613
  | 9614
  | 9615
  | 9616
  | 9617
  | 9618
  | 9619
  | 9620
  | 9621
  | 9622
  | 9623
  | 9624
  | 9625
  | 9626
  | 9627
  | 9628
  | 9629
  | 9630
  | 9631
  | 9632
  | 9633
  | 9634
  | 9635
  | 9636
  | 9637
  | 9638
  | 9639
  | 9640
  | 9641
  | 9642
  | 9643
  | 9644
  | 9645
  | 9646
  | 9647
  | 9650
  | 9700
  | 9701
  | 9702
  | 9703
  | 9704
  | 9705
  | 9706
  | 9707
  | 9708
  | 9709
  | 9710
  | 9711
  | 9712
  | 9713
  | 9714
  | 9715
  | 9716
  | 9717
  | 9718
  | 9719
  | 9720
  | 9721
  | 9722
  | 9723
  | 9724
  | 9725
  | 9726
  | 9727
  | 9728
  | 9729
  | 9805
  | 9811
  | 9812
  | 9813
  | 9814
  | 9815
  | 9816
  | 9817
  | 9818;

/** The number of an app or book in the store; as text where it is too long for a number. */
export type AdamId = string | number;

/** An instant as text: `2026-03-02` or `2026-03-02T08:00:00Z`. */
export type Instant = string;

/** A duration: `500ms`, `30s`, `10m`, `24h`, `7d`, `1h30m` or `1 h 30 m`. */
export type Duration = `${number}${Unit}` | `${number}${Unit}${number}${Unit}` | `${number}${Unit}${number}${Unit}${number}${Unit}`;

type Unit = 'ms' | 's' | 'm' | 'h' | 'd' | 'w';

/** What each action of the portal takes, by its name. */
export interface ActionArguments {
  readonly add_devices: readonly ScenarioDevice[];
  readonly remove_devices: readonly string[];
  readonly move_devices: {
    readonly devices: readonly string[];
    readonly mdm_server: string;
    readonly assigned_by?: string | undefined;
    readonly mdm_migration_deadline?: Instant | undefined;
  };
  readonly replace_devices: readonly ({
    /** Serial number: upper-case letters and digits */
    readonly device: string;
    readonly replacement: NamedDevice;
  })[];
  readonly throttle_devices: {
    readonly devices: readonly string[];
    readonly for?: Duration | undefined;
  };
  readonly mark_profile_fetched: readonly string[];
  readonly expire_terms: true;
  readonly accept_terms: true;
  readonly revoke_server_token: true | {
    readonly mdm_server?: string | undefined;
  };
  readonly expire_server_token: true | {
    readonly mdm_server?: string | undefined;
  };
  readonly renew_server_token: true | {
    readonly mdm_server?: string | undefined;
  };
  readonly register_push: readonly ({
    /** Serial number: upper-case letters and digits */
    readonly serial_number?: string | undefined;
    readonly channel?: 'device' | 'user' | undefined;
    /** push token in hexadecimal; Apple’s have 64 digits */
    readonly push_token: string;
    readonly push_magic?: string | undefined;
    readonly push_topic?: string | undefined;
  })[];
  readonly rotate_push_tokens: readonly string[];
  readonly rotate_push_magic: readonly string[];
  readonly unregister_push: readonly string[];
  readonly take_offline: readonly string[];
  readonly bring_online: readonly string[];
  readonly revoke_push_certificate: true | {
    readonly topic?: string | undefined;
    readonly fingerprint?: string | undefined;
  };
  readonly revoke_push_key: true | {
    readonly key_id?: string | undefined;
  };
  readonly buy: {
    /** Adam ID: the number of an app or book in the store */
    readonly adam_id: AdamId;
    /** quality of the license; STDQ where not given */
    readonly pricing_param?: 'STDQ' | 'PLUS' | undefined;
    readonly count: number;
    readonly location?: string | undefined;
    readonly facts?: {
      /** App where not given */
      readonly product_type?: 'App' | 'Book' | undefined;
      /** licenses owned; 100 where not given, 2147483647: without end */
      readonly total?: number | undefined;
      /** licenses that are gone, by refund or otherwise */
      readonly retired?: number | undefined;
      /** apps are, books are not, where not given */
      readonly device_assignable?: boolean | undefined;
      /** apps are, books are not, where not given */
      readonly revocable?: boolean | undefined;
      /** on which it runs; iOS where not given */
      readonly platforms?: readonly ('iOS' | 'macOS' | 'tvOS' | 'watchOS' | 'visionOS')[] | undefined;
    } | undefined;
  };
  readonly transfer: {
    /** Adam ID: the number of an app or book in the store */
    readonly adam_id: AdamId;
    /** quality of the license; STDQ where not given */
    readonly pricing_param?: 'STDQ' | 'PLUS' | undefined;
    readonly count: number;
    readonly location?: string | undefined;
    readonly to: string;
  };
  readonly refund: {
    /** Adam ID: the number of an app or book in the store */
    readonly adam_id: AdamId;
    /** quality of the license; STDQ where not given */
    readonly pricing_param?: 'STDQ' | 'PLUS' | undefined;
    readonly count: number;
    readonly location?: string | undefined;
  };
  readonly buy_subscription: {
    readonly adam_id: number;
    readonly renewing?: number | undefined;
    readonly expiring?: number | undefined;
    readonly location?: string | undefined;
  };
  readonly accept_invitation: {
    readonly client_user_id: string;
    readonly apple_account?: string | undefined;
    readonly location?: string | undefined;
  };
  readonly retire_user: {
    readonly client_user_id: string;
    readonly location?: string | undefined;
  };
  readonly revoke_content_token: true | {
    readonly location?: string | undefined;
  };
  readonly expire_content_token: true | {
    readonly location?: string | undefined;
  };
  readonly renew_content_token: true | {
    readonly location?: string | undefined;
  };
  readonly take_over: true | {
    readonly mdm_info?: {
      /** a UUID that the MDM made for itself */
      readonly id: string;
      /** what the MDM calls itself */
      readonly name: string;
      /** whatever else the MDM wrote down */
      readonly metadata: string;
    } | undefined;
    readonly location?: string | undefined;
  };
}

/** Something that an administrator does in Apple's portal, or that happens to devices: one member. */
export type Action = {
  [Name in keyof ActionArguments]: { readonly [Only in Name]: ActionArguments[Name] };
}[keyof ActionArguments];

/** When something happens: at a virtual time, or after a time or traffic. */
export type TimelineMoment = {
  /** An instant: 2026-03-02 or 2026-03-02T08:00:00Z */
  readonly at: Instant;
} | {
  readonly after: Duration | {
    /** A duration: 500ms, 30s, 10m, 24h, 7d, 1h30m or 1 h 30 m */
    readonly real: Duration;
  } | {
    /** operation name; * stands for any characters */
    readonly operation: OperationPattern;
    /** after so many of them; 1 where not given */
    readonly times?: number | undefined;
  };
};

/** What goes wrong from then on, or no more. */
export type FaultAction = {
  /** what goes wrong from then on */
  readonly set_faults: readonly Fault[];
} | {
  /** what goes wrong no more: all faults, or those with these ids */
  readonly clear_faults: true | readonly string[];
};

/** How Apple behaves: every key with its value. */
export interface BehaviorValues {
  readonly dep: {
    /** records on a page where the client names no limit (absent, null or 0) */
    readonly limit_default: number;
    /** largest limit, as advertised by /account */
    readonly limit_max: number;
    /** a larger limit is clamped, or refused as MALFORMED_REQUEST_BODY */
    readonly limit_over_max: 'clamp' | 'error';
    /** protocol version where the header is missing or no number */
    readonly version_default: number;
    /** fields, words and members appear from their protocol version on, or always */
    readonly field_gating: 'by_version' | 'off';
    /** opaque base64 of colon-separated values, or base64 of `seconds-n` as the simulator made them */
    readonly cursor_format: 'opaque' | 'depsim';
    /** the cursor of the request comes back with more_to_follow: true */
    readonly cursor_stuck: boolean;
    /** age from which a cursor is EXPIRED_CURSOR; milliseconds */
    readonly cursor_max_age: number;
    /** answer of fetch to a finished or a sync cursor */
    readonly fetch_with_sync_cursor: 'exhausted' | 'invalid';
    /** fetched_until on every page, or never (as the simulator) */
    readonly fetched_until: 'always' | 'absent';
    /** idle time after which a session ends; milliseconds */
    readonly session_idle: number;
    /** every so many answers carry a fresh session token; 0 = never */
    readonly session_rotation: number;
    /** life of the former session token after a rotation; milliseconds */
    readonly session_rotation_grace: number;
    /** sessions of one server token that live side by side */
    readonly sessions: 'many' | 'one';
    /** expired or missing = 401 UNAUTHORIZED and unknown = 403 FORBIDDEN, or 401 for all */
    readonly bad_session: 'split' | 'unauthorized';
    /** verify the signature, time and nonce, or look at key and token only */
    readonly oauth_check: 'full' | 'keys_only';
    /** distance from our time that oauth_timestamp may have; 0 = any; milliseconds */
    readonly oauth_window: number;
    /** a nonce is accepted once for its timestamp, or ever again */
    readonly oauth_nonce: 'once' | 'any';
    /** bodies of 400 and 401 on /session: as seen live, or as the simulator sent them (empty, and UNAUTHORIZED) */
    readonly session_errors: 'live' | 'depsim';
    /** status of token_rejected for a replaced or revoked server token */
    readonly rejected_token_status: '403' | '401';
    /** 401 oauth_problem_adviceUnauthorized, or 403 signature_invalid, for a wrong signature */
    readonly bad_signature: 'unauthorized' | 'signature_invalid';
    /** where T_C_NOT_SIGNED is answered while the terms are not accepted */
    readonly expired_terms: 'everywhere' | 'session' | 'calls';
    /** content type of error answers */
    readonly error_content_type: string;
    /** the bare word, or the word in JSON quotes as the simulator sent it */
    readonly error_body: 'bare' | 'quoted';
    /** content type of successful answers */
    readonly success_content_type: string;
    /** exact: /session wants `application/json;charset=UTF8`, as the simulator did */
    readonly session_content_type: 'unchecked' | 'exact';
    /** a missing user agent is USER_AGENT_MISSING, or accepted */
    readonly user_agent: 'required' | 'unchecked';
    /** user agents that contain one of these are USER_AGENT_INVALID */
    readonly user_agent_denied: readonly string[];
    /** protocol version from which user_agent_denied is looked at */
    readonly user_agent_denied_from: number;
    /** methods that assign a profile */
    readonly assign_methods: 'both' | 'put' | 'post';
    /** serial numbers in one assign from which it is MALFORMED_REQUEST_BODY; 0 = accepted with advice past 1000 */
    readonly assign_max: number;
    /** serial numbers that are missing from the answer to an assign, and stay as they were */
    readonly assign_left_out: readonly string[];
    /** NOT_FOUND with 400 or 404 for GET /profile of an unknown profile */
    readonly get_unknown_profile: '400' | '404';
    /** PROFILE_NOT_FOUND with 404 or 400 */
    readonly assign_unknown_profile: '404' | '400';
    /** per device NOT_ACCESSIBLE, or the whole call 400 NOT_FOUND as in 2018 */
    readonly define_unknown_serial: 'not_accessible' | 'not_found';
    /** a serial number given twice has one result, or makes the body malformed */
    readonly duplicate_serials: 'one_result' | 'malformed';
    /** strict: an empty org_magic is MAGIC_INVALID */
    readonly define_magic: 'lenient' | 'strict';
    /** archived: also DEPARTMENT_REQUIRED and SUPPORT_PHONE_REQUIRED */
    readonly define_required: 'current' | 'archived';
    /** status of DEVICE_NOT_FOUND: as seen live, or as documented */
    readonly replacement_not_found: '400' | '404';
    /** result of the activation lock for every accessible device */
    readonly activation_lock: 'by_state' | 'SUCCESS' | 'ORG_NOT_SUPPORTED' | 'DEVICE_NOT_SUPPORTED' | 'DEVICE_ALREADY_LOCKED' | 'FAILED';
    /** body of a successful POST: `{}` for clients that decode it, or nothing */
    readonly account_driven_answer: 'json' | 'empty';
    /** times that a device does not have are left out, or are "" */
    readonly absent_times: 'omitted' | 'empty';
    /** profile_uuid in any case and with dashes, or exactly as issued */
    readonly id_matching: 'lenient' | 'exact';
    /** how long a throttled device stays so; milliseconds */
    readonly throttle: number;
    /** devices in cooldown vanish from sync, or stay */
    readonly throttled_in_sync: 'hidden' | 'visible';
    /** event for the new MDM server when the portal moves a device */
    readonly move_event: 'modified' | 'added';
    /** what becomes of the profile when a device is assigned to the MDM server that it has */
    readonly move_same_server: 'drop' | 'keep';
    /** content encryption of the server token file */
    readonly token_cipher: 'aes128' | 'aes256' | '3des';
    /** encoding of the server token file */
    readonly token_encoding: 'ber' | 'der';
    /** consumer_key of a renewed server token */
    readonly renewal_consumer_key: 'same' | 'new';
    /** requests of one server token in a minute before TOO_MANY_REQUESTS; 0 = any number */
    readonly requests_per_minute: number;
    /** Retry-After of TOO_MANY_REQUESTS; milliseconds */
    readonly retry_after: number;
  };
  readonly apns: {
    /** client certificates that are accepted: of this server’s authority, any with a topic, or those of certificate_pins */
    readonly certificate_trust: 'local_ca' | 'any' | 'pinned';
    /** SHA-256 fingerprints of the certificates that `pinned` accepts */
    readonly certificate_pins: readonly string[];
    /** a certificate that is not accepted, revoked or of the other environment: GOAWAY with the reason, or 403 */
    readonly bad_certificate: 'goaway' | 'response';
    /** a client with an expired certificate is cut off after the handshake, or answered 403 BadCertificate */
    readonly expired_certificate: 'close' | 'response';
    /** a push without apns-topic takes the one topic of the certificate, or is MissingTopic */
    readonly missing_topic: 'from_certificate' | 'error';
    /** device tokens are 32 to 100 bytes, exactly 32 bytes, or of any size, in hexadecimal */
    readonly token_syntax: 'lenient' | 'strict' | 'any';
    /** a push to a device token that nobody has is refused, or accepted and journaled */
    readonly unknown_token: 'BadDeviceToken' | 'accept';
    /** case of an apns-id that is generated */
    readonly generated_id: 'upper' | 'lower';
    /** an apns-expiration in the past: deliver now or drop, or refuse */
    readonly past_expiration: 'accept' | 'BadExpirationDate';
    /** answer to push type background with priority 10, which Apple’s page calls an error without a name */
    readonly background_with_priority_10: 'BadPriority' | 'accept';
    /** a push without apns-push-type is accepted, or InvalidPushType */
    readonly push_type: 'optional' | 'required';
    /** answer to a payload that is no JSON object */
    readonly payload_not_json: 'PayloadEmpty' | 'accept';
    /** largest payload in bytes */
    readonly payload_limit: number;
    /** largest payload of push type voip in bytes */
    readonly voip_payload_limit: number;
    /** largest payload of a broadcast in bytes */
    readonly broadcast_payload_limit: number;
    /** an `aps` member beside `mdm` is told in the journal, ignored, or refused */
    readonly aps_beside_mdm: 'warn' | 'silent' | 'BadTopic';
    /** answer to an MDM push with a provider token, which Apple does not support */
    readonly mdm_with_token: 'TopicDisallowed' | 'MissingProviderToken' | 'accept';
    /** answer to a topic that the key of the token does not cover */
    readonly topic_outside_key: 'TopicDisallowed' | 'InvalidProviderToken';
    /** reason for a key of the other environment: as on the wire, or as documented */
    readonly environment_key_reason: 'BadEnvironmentKeyInToken' | 'BadEnvironmentKeyIdInToken';
    /** iat of a provider token may have a fraction, or must be a whole number */
    readonly iat: 'number' | 'integer';
    /** age up to which a provider token is accepted; milliseconds */
    readonly token_max_age: number;
    /** answer to a provider token from more than token_max_age ahead */
    readonly future_iat: 'InvalidProviderToken' | 'ExpiredProviderToken';
    /** time between two provider tokens on one connection; a sooner one is TooManyProviderTokenUpdates; 0 = any; milliseconds */
    readonly token_update_interval: number;
    /** SETTINGS_MAX_CONCURRENT_STREAMS */
    readonly max_concurrent_streams: number;
    /** the same, before the first valid provider token of a connection without a certificate */
    readonly streams_before_token: number;
    /** SETTINGS_HEADER_TABLE_SIZE */
    readonly header_table_size: number;
    /** SETTINGS_INITIAL_WINDOW_SIZE */
    readonly initial_window_size: number;
    /** SETTINGS_MAX_FRAME_SIZE */
    readonly max_frame_size: number;
    /** SETTINGS_MAX_HEADER_LIST_SIZE */
    readonly max_header_list_size: number;
    /** a request whose list of header fields is larger than max_header_list_size, which RFC 9113 section 10.5.1 calls advice, is taken, or answered 431 on the TLS port */
    readonly larger_header_list: 'accept' | '431';
    /** real time without a request after which a connection is told GOAWAY, IdleTimeout; 0 = never; milliseconds */
    readonly idle_close: number;
    /** the stream limit falls to 1 with a rejected push and rises with the next good one */
    readonly streams_drop_after_rejection: boolean;
    /** rejected pushes (410 apart) after which a connection is told to go away; 0 = any number */
    readonly errors_per_connection: number;
    /** pushes to one device token within a minute before TooManyRequests; 0 = any number */
    readonly requests_per_token: number;
    /** Retry-After of 429 and 503; 0 = not sent; milliseconds */
    readonly retry_after: number;
    /** where apns-unique-id is sent */
    readonly unique_id: 'sandbox' | 'always' | 'never';
    /** answers carry a Date header */
    readonly date_header: boolean;
    /** longest time for which a push to an absent device is kept; milliseconds */
    readonly stored_longest: number;
    /** who listens with a device token that nobody has registers it, or is refused */
    readonly unknown_listener: 'register' | 'BadDeviceToken';
    /** time between comments to a listener; 0 = none; milliseconds */
    readonly listener_keep_alive: number;
    /** broadcast channels of one app in one environment */
    readonly channels_per_app: number;
    /** apps may broadcast; otherwise FeatureNotEnabled */
    readonly broadcast: boolean;
  };
  readonly vpp: {
    /** status of 9622 on v2 for a content token that is unknown or none: as seen live, or as documented for its siblings */
    readonly invalid_token: '200' | '401';
    /** status of 9621 and 9625 on v2 for an expired and a revoked content token */
    readonly token_status: '401' | '200';
    /** a new content token of a location ends the former ones */
    readonly new_token_revokes: boolean;
    /** contentMetadataLookup in the service configs; empty: the origin that the client used */
    readonly metadata_url: string;
    /** when tokenExpirationDate is told: in every answer as in all samples, or as the prose has it */
    readonly token_expiration_date: 'always' | 'last_15_days';
    /** assets in one call */
    readonly max_assets: number;
    /** client user ids in one associate or disassociate */
    readonly max_client_user_ids: number;
    /** serial numbers in one associate or disassociate */
    readonly max_serial_numbers: number;
    /** client user ids in one revoke */
    readonly max_revoke_client_user_ids: number;
    /** serial numbers in one revoke */
    readonly max_revoke_serial_numbers: number;
    /** users in one create, update or retire */
    readonly max_users: number;
    /** characters of the notification URL, and of its token */
    readonly max_notification_length: number;
    /** characters of mdmInfo.id */
    readonly max_mdm_id_length: number;
    /** characters of mdmInfo.name */
    readonly max_mdm_name_length: number;
    /** characters of mdmInfo.metadata */
    readonly max_mdm_metadata_length: number;
    /** requests of one content token in a second, as the service config says; rate_limit enforces it */
    readonly max_requests_per_second: number;
    /** requests beyond max_requests_per_second, counted by the virtual clock, are accepted or rejected with 9646 */
    readonly rate_limit: 'off' | 'enforced';
    /** subscriptions in one call */
    readonly max_subscriptions: number;
    /** client user ids in one call for subscriptions */
    readonly max_subscription_client_user_ids: number;
    /** number of too many subscriptions: the error table's, or that of the page on subscriptions */
    readonly subscription_limit_error: '9816' | '9805';
    /** records on a page of v2 and of v1 assignments */
    readonly page_size: number;
    /** every so many pages the version of the data changes, as if somebody wrote; 0 = never */
    readonly version_changes_every: number;
    /** error of an associate or disassociate of an asset that the location does not have */
    readonly unknown_asset: '9602' | '9709';
    /** a serial number that is no device of the organization is assigned all the same, or its pair fails with 9610 */
    readonly unknown_serial: 'accepted' | 'failed';
    /** v2 disassociate of a pair that is not there counts as done, or fails with 9619 */
    readonly disassociate_unassigned: 'done' | 'failed';
    /** virtual time between a write and its effect; milliseconds */
    readonly event_delay: number;
    /** events complete after their delay, or stay PENDING forever */
    readonly event_outcome: 'complete' | 'pending';
    /** error number that pairs and users of events meet; 0 = none */
    readonly event_error: number;
    /** every so many pairs or users meet event_error; 1 = all */
    readonly event_error_every: number;
    /** events of a location that /status remembers */
    readonly event_retention: number;
    /** notifications are sent once, doubled with the same notificationId, or lost */
    readonly webhooks: 'once' | 'twice' | 'dropped';
    /** real time before a notification is sent; milliseconds */
    readonly webhook_delay: number;
    /** attempts of a notification in all */
    readonly webhook_attempts: number;
    /** virtual time between the attempts; milliseconds */
    readonly webhook_retry: number;
    /** real time that a receiver has to answer; milliseconds */
    readonly webhook_timeout: number;
    /** a notification URL must answer TEST_NOTIFICATION, or is taken unseen */
    readonly test_notification: 'required' | 'skipped';
    /** members of a v2 body that Apple does not document are ignored, or 9602 */
    readonly unknown_members: 'ignored' | 'rejected';
    /** a body with another content type is 9727, or taken */
    readonly content_type: 'json' | 'unchecked';
    /** Retry-After of 9646 and of every 5xx; 0 = none; milliseconds */
    readonly retry_after: number;
    /** clientContext of v1 once the location was used with v2 */
    readonly v2_marker: string;
    /** licenses or users in a batch of v1 */
    readonly v1_batch_size: number;
    /** associations in one v1 manage call */
    readonly v1_max_associate: number;
    /** disassociations in one v1 manage call */
    readonly v1_max_disassociate: number;
    /** bytes of clientContext */
    readonly v1_client_context_length: number;
    /** totalBatchCount as text, as in the sample, or as a number */
    readonly v1_total_batch_count: 'text' | 'number';
    /** forbidden: the catalog answers 403 40300 whatever the tokens are */
    readonly catalog_access: 'open' | 'forbidden';
    /** developer tokens are verified where the scenario names metadata keys, looked at only, or never looked at */
    readonly developer_token: 'by_keys' | 'shape' | 'any';
    /** versionDisplay comes with a stray space, as seen live */
    readonly lookup_version_spaces: boolean;
  };
}

/** Members of the query, the body and the answer of an operation, as locations. */
export type LocationOf<Operation extends OperationName> =
  | `$.query.${NamesIn<Exchanges[Operation]['query']>}`
  | `$.body.${NamesIn<Exchanges[Operation]['body']>}`
  | `$.response.body.${NamesIn<Exchanges[Operation]['answer']>}`;

type NamesIn<Part> = string extends keyof Part ? never : keyof Part & string;

/** The same as `Where`, with the locations of one operation. */
export type WhereOf<Operation extends OperationName> = Where & {
  readonly [Location in LocationOf<Operation>]?: Matcher | undefined;
};

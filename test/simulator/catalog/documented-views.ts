import { split } from './split-columns.ts';

/**
 * The system views as Microsoft's pages give them, written a second time by hand, so that a slip in the catalogue is seen.
 * A column is its name, its type and `not null`; nothing means that it may be NULL.
 */
export const documentedViews: Readonly<
  Record<string, { readonly access: string; readonly columns: readonly string[] }>
> = {
  dm_hadr_internal_availability_groups: {
    access: 'server state',
    columns: split(`group_id uniqueidentifier not null; name nvarchar(128)`),
  },
  dm_hadr_internal_availability_replicas: {
    access: 'server state',
    columns: split(`
      replica_id uniqueidentifier not null; group_id uniqueidentifier not null; replica_server_name nvarchar(256)
    `),
  },
  messages: {
    access: 'public',
    columns: split(`
      message_id int not null; language_id smallint not null; severity tinyint; is_event_logged bit not null;
      text nvarchar(2048) not null
    `),
  },
  backupset: {
    access: 'select',
    columns: split(`
      backup_set_id int not null; media_set_id int not null; name nvarchar(128); user_name nvarchar(128);
      first_lsn numeric(25,0); last_lsn numeric(25,0); database_creation_date datetime; backup_start_date datetime;
      backup_finish_date datetime; type char(1); backup_size numeric(20,0); database_name nvarchar(128);
      server_name nvarchar(128); machine_name nvarchar(128); recovery_model nvarchar(60); is_copy_only bit;
      compressed_backup_size numeric(20,0)
    `),
  },
  availability_groups: {
    access: 'definition',
    columns: split(`
      group_id uniqueidentifier not null; name nvarchar(128) not null; resource_id nvarchar(40);
      resource_group_id nvarchar(40); failure_condition_level int; health_check_timeout int;
      automated_backup_preference tinyint; automated_backup_preference_desc nvarchar(60); version smallint;
      basic_features bit; dtc_support bit; db_failover bit; is_distributed bit; cluster_type tinyint;
      cluster_type_desc nvarchar(60); required_synchronized_secondaries_to_commit int;
      sequence_number bigint; is_contained bit
    `),
  },
  availability_replicas: {
    access: 'definition',
    columns: split(`
      replica_id uniqueidentifier not null; group_id uniqueidentifier not null; replica_metadata_id int;
      replica_server_name nvarchar(256); owner_sid varbinary(85); endpoint_url nvarchar(128);
      availability_mode tinyint; availability_mode_desc nvarchar(60); failover_mode tinyint;
      failover_mode_desc nvarchar(60); session_timeout int; primary_role_allow_connections tinyint;
      primary_role_allow_connections_desc nvarchar(60); secondary_role_allow_connections tinyint;
      secondary_role_allow_connections_desc nvarchar(60); create_date datetime; modify_date datetime;
      backup_priority int; read_only_routing_url nvarchar(256); seeding_mode tinyint;
      seeding_mode_desc nvarchar(60); read_write_routing_url nvarchar(256)
    `),
  },
  dm_hadr_availability_replica_states: {
    access: 'server state',
    columns: split(`
      replica_id uniqueidentifier not null; group_id uniqueidentifier not null; is_local bit not null;
      role tinyint; role_desc nvarchar(60); operational_state tinyint; operational_state_desc nvarchar(60);
      connected_state tinyint; connected_state_desc nvarchar(60); recovery_health tinyint;
      recovery_health_desc nvarchar(60); synchronization_health tinyint;
      synchronization_health_desc nvarchar(60); last_connect_error_number int;
      last_connect_error_description nvarchar(1024); last_connect_error_timestamp datetime;
      write_lease_remaining_ticks bigint; current_configuration_commit_start_time_utc datetime;
      is_internal bit
    `),
  },
  dm_hadr_availability_group_states: {
    access: 'server state',
    columns: split(`
      group_id uniqueidentifier not null; primary_replica varchar(128); primary_recovery_health tinyint;
      primary_recovery_health_desc nvarchar(60); secondary_recovery_health tinyint;
      secondary_recovery_health_desc nvarchar(60); synchronization_health tinyint;
      synchronization_health_desc nvarchar(60)
    `),
  },
  dm_hadr_database_replica_states: {
    access: 'server state',
    columns: split(`
      database_id int not null; group_id uniqueidentifier not null; replica_id uniqueidentifier not null;
      group_database_id uniqueidentifier not null; is_local bit; is_primary_replica bit;
      synchronization_state tinyint; synchronization_state_desc nvarchar(60); is_commit_participant bit;
      synchronization_health tinyint; synchronization_health_desc nvarchar(60); database_state tinyint;
      database_state_desc nvarchar(60); is_suspended bit; suspend_reason tinyint;
      suspend_reason_desc nvarchar(60); recovery_lsn numeric(25,0); truncation_lsn numeric(25,0);
      last_sent_lsn numeric(25,0); last_sent_time datetime; last_received_lsn numeric(25,0);
      last_received_time datetime; last_hardened_lsn numeric(25,0); last_hardened_time datetime;
      last_redone_lsn numeric(25,0); last_redone_time datetime; log_send_queue_size bigint;
      log_send_rate bigint; redo_queue_size bigint; redo_rate bigint; filestream_send_rate bigint;
      end_of_log_lsn numeric(25,0); last_commit_lsn numeric(25,0); last_commit_time datetime;
      low_water_mark_for_ghosts bigint; secondary_lag_seconds bigint; quorum_commit_lsn numeric(25,0);
      quorum_commit_time datetime; is_internal bit
    `),
  },
  dm_hadr_database_replica_cluster_states: {
    access: 'server state',
    columns: split(`
      replica_id uniqueidentifier not null; group_database_id uniqueidentifier not null;
      database_name nvarchar(128); is_failover_ready bit; is_pending_secondary_suspend bit;
      is_database_joined bit; recovery_lsn numeric(25,0); truncation_lsn numeric(25,0)
    `),
  },
  dm_hadr_availability_replica_cluster_states: {
    access: 'server state',
    columns: split(`
      replica_id uniqueidentifier not null; replica_server_name nvarchar(256);
      group_id uniqueidentifier not null; join_state tinyint; join_state_desc nvarchar(60)
    `),
  },
  dm_os_performance_counters: {
    access: 'server state',
    columns: split(`
      object_name nchar(128) not null; counter_name nchar(128) not null; instance_name nchar(128);
      cntr_value bigint not null; cntr_type int not null
    `),
  },
  master_files: {
    access: 'definition',
    columns: split(`
      database_id int not null; file_id int not null; file_guid uniqueidentifier; type tinyint not null;
      type_desc nvarchar(60); data_space_id int not null; name nvarchar(128) not null;
      physical_name nvarchar(260) not null; state tinyint; state_desc nvarchar(60); size int not null;
      max_size int not null; growth int not null; is_media_read_only bit not null; is_read_only bit not null;
      is_sparse bit not null; is_percent_growth bit not null
    `),
  },
  dm_hadr_physical_seeding_stats: {
    access: 'server state',
    columns: split(`
      local_physical_seeding_id uniqueidentifier not null; remote_physical_seeding_id uniqueidentifier;
      local_database_id int; local_database_name nvarchar(128); remote_machine_name nvarchar(256);
      role_desc nvarchar(60); internal_state_desc nvarchar(60); transfer_rate_bytes_per_second bigint;
      transferred_size_bytes bigint; database_size_bytes bigint; start_time_utc datetime;
      end_time_utc datetime; estimate_time_complete_utc datetime; total_disk_io_wait_time_ms bigint;
      total_network_wait_time_ms bigint; failure_code int; failure_message nvarchar(2048);
      failure_time_utc datetime; is_compression_enabled bit
    `),
  },
  dm_hadr_automatic_seeding: {
    access: 'server state',
    columns: split(`
      start_time datetime not null; completion_time datetime; ag_id uniqueidentifier not null;
      ag_db_id uniqueidentifier not null; ag_remote_replica_id uniqueidentifier not null;
      operation_id uniqueidentifier not null; is_source bit not null; current_state nvarchar(60);
      performed_seeding bit; failure_state int; failure_state_desc nvarchar(60); error_code int;
      number_of_attempts int
    `),
  },
  certificates: {
    access: 'definition',
    columns: split(`
      name nvarchar(128) not null; certificate_id int not null; principal_id int;
      pvt_key_encryption_type char(2) not null; pvt_key_encryption_type_desc nvarchar(60);
      is_active_for_begin_dialog bit; issuer_name nvarchar(442); cert_serial_number nvarchar(64);
      sid varbinary(85); string_sid nvarchar(128); subject nvarchar(4000); expiry_date datetime;
      start_date datetime; thumbprint varbinary(32) not null; attested_by nvarchar(260);
      pvt_key_last_backup_date datetime
    `),
  },
  endpoints: {
    access: 'definition',
    columns: split(`
      name nvarchar(128) not null; endpoint_id int not null; principal_id int; protocol tinyint not null;
      protocol_desc nvarchar(60); type tinyint not null; type_desc nvarchar(60); state tinyint;
      state_desc nvarchar(60); is_admin_endpoint bit not null
    `),
  },
  tcp_endpoints: {
    access: 'definition',
    columns: split(`
      name nvarchar(128) not null; endpoint_id int not null; principal_id int; protocol tinyint not null;
      protocol_desc nvarchar(60); type tinyint not null; type_desc nvarchar(60); state tinyint;
      state_desc nvarchar(60); is_admin_endpoint bit not null; port int not null;
      is_dynamic_port bit not null; ip_address nvarchar(45)
    `),
  },
  database_mirroring_endpoints: {
    access: 'definition',
    columns: split(`
      name nvarchar(128) not null; endpoint_id int not null; principal_id int; protocol tinyint not null;
      protocol_desc nvarchar(60); type tinyint not null; type_desc nvarchar(60); state tinyint;
      state_desc nvarchar(60); is_admin_endpoint bit not null; role tinyint; role_desc nvarchar(60);
      is_encryption_enabled bit not null; connection_auth tinyint not null;
      connection_auth_desc nvarchar(60); certificate_id int not null; encryption_algorithm tinyint;
      encryption_algorithm_desc nvarchar(60)
    `),
  },
  databases: {
    access: 'public',
    columns: split(`
      name nvarchar(128) not null; database_id int not null; source_database_id int;
      owner_sid varbinary(85); create_date datetime not null; compatibility_level tinyint not null;
      collation_name nvarchar(128); user_access tinyint; user_access_desc nvarchar(60); is_read_only bit;
      is_auto_close_on bit not null; state tinyint; state_desc nvarchar(60); is_in_standby bit; recovery_model tinyint;
      recovery_model_desc nvarchar(60); is_published bit not null; is_broker_enabled bit not null;
      log_reuse_wait tinyint; log_reuse_wait_desc nvarchar(60); is_encrypted bit; replica_id uniqueidentifier; group_database_id uniqueidentifier;
      physical_database_name nvarchar(128); is_accelerated_database_recovery_on bit
    `),
  },
  availability_databases_cluster: {
    access: 'definition',
    columns: split(`
      group_id uniqueidentifier; group_database_id uniqueidentifier; database_name nvarchar(128)
    `),
  },
  dm_hadr_fabric_config_parameters: {
    access: 'server state',
    columns: split(`
      section_name nvarchar(256); parameter_name nvarchar(256); value nvarchar(4000)
    `),
  },
  dm_hadr_fabric_partitions: {
    access: 'server state',
    columns: split(`
      partition_id uniqueidentifier; service_name nvarchar(256)
    `),
  },
  dm_hadr_fabric_replicas: {
    access: 'server state',
    columns: split(`
      partition_id uniqueidentifier; replica_address nvarchar(512); replica_role int;
      node_name nvarchar(256)
    `),
  },
  dm_exec_sessions: {
    access: 'server state',
    columns: split(`
      session_id smallint not null; login_time datetime not null; host_name nvarchar(128); program_name nvarchar(128);
      host_process_id int; client_version int; client_interface_name nvarchar(32); security_id varbinary(85) not null;
      login_name nvarchar(128) not null; nt_domain nvarchar(128); nt_user_name nvarchar(128); status nvarchar(30) not null;
      context_info varbinary(128); cpu_time int not null; memory_usage int not null; total_scheduled_time int not null;
      total_elapsed_time int not null; endpoint_id int not null; last_request_start_time datetime not null;
      last_request_end_time datetime; reads bigint not null; writes bigint not null; logical_reads bigint not null;
      is_user_process bit not null; text_size int not null; language nvarchar(128); date_format nvarchar(3);
      date_first smallint not null; quoted_identifier bit not null; arithabort bit not null;
      ansi_null_dflt_on bit not null; ansi_defaults bit not null; ansi_warnings bit not null; ansi_padding bit not null;
      ansi_nulls bit not null; concat_null_yields_null bit not null; transaction_isolation_level smallint not null;
      lock_timeout int not null; deadlock_priority int not null; row_count bigint not null; prev_error int not null;
      original_security_id varbinary(85) not null; original_login_name nvarchar(128) not null;
      last_successful_logon datetime; last_unsuccessful_logon datetime; unsuccessful_logons bigint;
      group_id int not null; database_id smallint not null; authenticating_database_id int;
      open_transaction_count int not null; page_server_reads bigint not null
    `),
  },
  dm_hadr_fabric_nodes: {
    access: 'server state',
    columns: split(`
      node_name nvarchar(256)
    `),
  },
};

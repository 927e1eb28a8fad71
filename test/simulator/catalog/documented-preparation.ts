import { split } from './split-columns.ts';

/** As in documented-views.ts: the views of preparation, and the tables of SQL Server Agent. */
export const documentedPreparation: Readonly<
  Record<string, { readonly access: string; readonly columns: readonly string[] }>
> = {
  symmetric_keys: {
    access: 'definition',
    columns: split(`
      name nvarchar(128) not null; principal_id int; symmetric_key_id int not null; key_length int not null;
      key_algorithm char(2) not null; algorithm_desc nvarchar(60); create_date datetime not null;
      modify_date datetime not null; key_guid uniqueidentifier
    `),
  },
  dm_os_host_info: {
    access: 'public',
    columns: split(`
      host_platform nvarchar(256) not null; host_distribution nvarchar(256) not null;
      host_release nvarchar(256) not null; host_service_pack_level nvarchar(256) not null; host_sku int;
      os_language_version int not null
    `),
  },
  dm_hadr_cluster: {
    access: 'server state',
    columns: split(`
      cluster_name nvarchar(128) not null; quorum_type tinyint; quorum_type_desc nvarchar(60);
      quorum_state tinyint; quorum_state_desc nvarchar(60)
    `),
  },
  dm_server_services: {
    access: 'security state',
    columns: split(`
      servicename nvarchar(256) not null; startup_type int; startup_type_desc nvarchar(256); status int;
      status_desc nvarchar(256); process_id int; last_startup_time datetimeoffset;
      service_account nvarchar(256)
    `),
  },
  dm_xe_sessions: {
    access: 'server state',
    columns: split(`
      address varbinary(8) not null; name nvarchar(256) not null; create_time datetime not null
    `),
  },
  all_objects: {
    access: 'public',
    columns: split(`
      name nvarchar(128) not null; object_id int not null; principal_id int; schema_id int not null;
      parent_object_id int not null; type char(2) not null; type_desc nvarchar(60);
      create_date datetime not null; modify_date datetime not null; is_ms_shipped bit not null
    `),
  },
  objects: {
    access: 'definition',
    columns: split(`
      name nvarchar(128) not null; object_id int not null; principal_id int; schema_id int not null;
      parent_object_id int not null; type char(2) not null; type_desc nvarchar(60);
      create_date datetime not null; modify_date datetime not null; is_ms_shipped bit not null
    `),
  },
  server_principals: {
    access: 'definition',
    columns: split(`
      name nvarchar(128) not null; principal_id int not null; sid varbinary(85); type char(1) not null;
      type_desc nvarchar(60); is_disabled bit; create_date datetime not null; modify_date datetime not null
    `),
  },
  database_recovery_status: {
    access: 'public',
    columns: split(`
      database_id int not null; database_guid uniqueidentifier; family_guid uniqueidentifier;
      last_log_backup_lsn numeric(25,0); recovery_fork_guid uniqueidentifier;
      first_recovery_fork_guid uniqueidentifier; fork_point_lsn numeric(25,0)
    `),
  },
  filegroups: {
    access: 'definition',
    columns: split(`
      name nvarchar(128) not null; data_space_id int not null; type char(2) not null; type_desc nvarchar(60);
      is_default bit; is_system bit; filegroup_guid uniqueidentifier; log_filegroup_id int; is_read_only bit
    `),
  },
  dm_database_encryption_keys: {
    access: 'security state',
    columns: split(`
      database_id int; encryption_state int; create_date datetime; key_algorithm nvarchar(32); key_length int;
      encryptor_thumbprint varbinary(20); encryptor_type nvarchar(32); percent_complete float;
      encryption_state_desc nvarchar(32)
    `),
  },
  dm_tran_persistent_version_store_stats: {
    access: 'server state',
    columns: split(`
      database_id int; pvs_filegroup_id smallint; persistent_version_store_size_kb bigint;
      online_index_version_store_size_kb bigint; current_aborted_transaction_count bigint
    `),
  },
  server_resource_stats: {
    access: 'server state',
    columns: split(`
      start_time datetime not null; end_time datetime not null; resource_type nvarchar(128);
      resource_name nvarchar(128); sku nvarchar(128); hardware_generation nvarchar(128);
      virtual_core_count int; avg_cpu_percent numeric(5,2); reserved_storage_mb bigint;
      storage_space_used_mb numeric(18,2)
    `),
  },
  sysjobs: {
    access: 'select',
    columns: split(`
      job_id uniqueidentifier not null; originating_server_id int not null; name nvarchar(128) not null;
      enabled tinyint not null; description nvarchar(512); start_step_id int not null;
      category_id int not null; owner_sid varbinary(85) not null; delete_level int not null;
      date_created datetime not null; date_modified datetime not null; version_number int not null
    `),
  },
  sysjobs_view: {
    access: 'agent role',
    columns: split(`
      job_id uniqueidentifier not null; originating_server_id int not null; name nvarchar(128) not null;
      enabled tinyint not null; description nvarchar(512); start_step_id int not null;
      category_id int not null; owner_sid varbinary(85) not null; delete_level int not null;
      date_created datetime not null; date_modified datetime not null; version_number int not null
    `),
  },
  sysjobservers: {
    access: 'select',
    columns: split(`
      job_id uniqueidentifier not null; server_id int not null; last_run_outcome tinyint not null;
      last_outcome_message nvarchar(4000); last_run_date int not null; last_run_time int not null;
      last_run_duration int not null
    `),
  },
  sysjobsteps: {
    access: 'select',
    columns: split(`
      job_id uniqueidentifier not null; step_id int not null; step_name nvarchar(128) not null;
      subsystem nvarchar(40) not null; command nvarchar(max); flags int not null;
      cmdexec_success_code int not null; on_success_action tinyint not null; on_success_step_id int not null;
      on_fail_action tinyint not null; on_fail_step_id int not null; database_name nvarchar(128);
      os_run_priority int not null; output_file_name nvarchar(200); last_run_outcome int not null;
      last_run_duration int not null; last_run_date int not null; last_run_time int not null; proxy_id int;
      step_uid uniqueidentifier
    `),
  },
  syssessions: {
    access: 'select',
    columns: split(`
      session_id int not null; agent_start_date datetime not null
    `),
  },
  sysjobactivity: {
    access: 'select',
    columns: split(`
      session_id int not null; job_id uniqueidentifier not null; run_requested_date datetime;
      run_requested_source nvarchar(128); queued_date datetime; start_execution_date datetime;
      last_executed_step_id int; last_executed_step_date datetime; stop_execution_date datetime;
      job_history_id int
    `),
  },
  sysjobhistory: {
    access: 'select',
    columns: split(`
      instance_id int not null; job_id uniqueidentifier not null; step_id int not null;
      step_name nvarchar(128) not null; sql_message_id int not null; sql_severity int not null;
      message nvarchar(4000); run_status int not null; run_date int not null; run_time int not null;
      run_duration int not null; retries_attempted int not null; server nvarchar(128) not null
    `),
  },
  sysjobstepslogs: {
    access: 'select',
    columns: split(`
      log_id int not null; log nvarchar(max) not null; date_created datetime not null;
      date_modified datetime not null; log_size bigint not null; step_uid uniqueidentifier not null
    `),
  },
};

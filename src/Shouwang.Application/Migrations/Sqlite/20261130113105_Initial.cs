using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Shouwang.Application.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "areas_area",
                columns: table => new
                {
                    Area = table.Column<long>(type: "INTEGER", nullable: false),
                    ValidFrom = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Level = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    ValidTo = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_areas_area", x => new { x.Area, x.ValidFrom });
                });

            migrationBuilder.CreateTable(
                name: "audit_check",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Millis = table.Column<long>(type: "INTEGER", nullable: false),
                    Transactions = table.Column<long>(type: "INTEGER", nullable: false),
                    Sealed = table.Column<long>(type: "INTEGER", nullable: false),
                    Findings = table.Column<int>(type: "INTEGER", nullable: false),
                    First = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit_check", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "audit_entry",
                columns: table => new
                {
                    Seq = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    CommandId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Command = table.Column<string>(type: "TEXT", nullable: false),
                    Asked = table.Column<string>(type: "TEXT", nullable: false),
                    Answered = table.Column<string>(type: "TEXT", nullable: false),
                    Actor = table.Column<Guid>(type: "TEXT", nullable: false),
                    Role = table.Column<string>(type: "TEXT", nullable: false),
                    Area = table.Column<long>(type: "INTEGER", nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Announced = table.Column<int>(type: "INTEGER", nullable: false),
                    RowHash = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit_entry", x => x.Seq);
                });

            migrationBuilder.CreateTable(
                name: "audit_security_event",
                columns: table => new
                {
                    Seq = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Code = table.Column<string>(type: "TEXT", nullable: false),
                    Command = table.Column<string>(type: "TEXT", nullable: false),
                    Actor = table.Column<Guid>(type: "TEXT", nullable: false),
                    Role = table.Column<string>(type: "TEXT", nullable: false),
                    Area = table.Column<long>(type: "INTEGER", nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Mark = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit_security_event", x => x.Seq);
                });

            migrationBuilder.CreateTable(
                name: "care_incident",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Elder = table.Column<Guid>(type: "TEXT", nullable: false),
                    Visit = table.Column<Guid>(type: "TEXT", nullable: true),
                    OpenedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Result = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    ClosedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Area = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_care_incident", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "care_month_close",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Point = table.Column<Guid>(type: "TEXT", nullable: true),
                    Month = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Content = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Hash = table.Column<string>(type: "TEXT", nullable: false),
                    Rules = table.Column<string>(type: "TEXT", nullable: false),
                    SubmittedBy = table.Column<Guid>(type: "TEXT", nullable: false),
                    SubmittedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    DecidedBy = table.Column<Guid>(type: "TEXT", nullable: true),
                    DecidedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Area = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_care_month_close", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "care_visit",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Call = table.Column<Guid>(type: "TEXT", nullable: false),
                    GoesOn = table.Column<bool>(type: "INTEGER", nullable: false),
                    Corrects = table.Column<Guid>(type: "TEXT", nullable: true),
                    CorrectedBy = table.Column<Guid>(type: "TEXT", nullable: true),
                    Elder = table.Column<Guid>(type: "TEXT", nullable: false),
                    Volunteer = table.Column<Guid>(type: "TEXT", nullable: false),
                    Point = table.Column<Guid>(type: "TEXT", nullable: true),
                    StartedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    EndedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Minutes = table.Column<int>(type: "INTEGER", nullable: false),
                    Way = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Outcome = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Items = table.Column<int>(type: "INTEGER", maxLength: 40, nullable: false),
                    Condition = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    RecordedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    RecordedBy = table.Column<Guid>(type: "TEXT", nullable: false),
                    Remarks = table.Column<byte[]>(type: "BLOB", nullable: true),
                    VerifiedBy = table.Column<Guid>(type: "TEXT", nullable: true),
                    VerifiedHow = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    VerifiedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Witness = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    Area = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_care_visit", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "care_warning",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Last = table.Column<long>(type: "INTEGER", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Level = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    To = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    DeclaredBy = table.Column<Guid>(type: "TEXT", nullable: false),
                    DeclaredAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    EndedBy = table.Column<Guid>(type: "TEXT", nullable: true),
                    EndedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Area = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_care_warning", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "duties_duty",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    About = table.Column<Guid>(type: "TEXT", nullable: false),
                    Record = table.Column<Guid>(type: "TEXT", nullable: true),
                    Holder = table.Column<Guid>(type: "TEXT", nullable: false),
                    StandIn = table.Column<Guid>(type: "TEXT", nullable: true),
                    Rung = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    DueAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    OpenedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    EndedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Area = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_duties_duty", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "duties_stand_in",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Away = table.Column<Guid>(type: "TEXT", nullable: false),
                    Acts = table.Column<Guid>(type: "TEXT", nullable: false),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    To = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    Area = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_duties_stand_in", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "health_reading",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Person = table.Column<Guid>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Value = table.Column<int>(type: "INTEGER", nullable: false),
                    Second = table.Column<int>(type: "INTEGER", nullable: true),
                    TakenAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    TakenBy = table.Column<Guid>(type: "TEXT", nullable: false),
                    Origin = table.Column<Guid>(type: "TEXT", nullable: true),
                    Area = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_health_reading", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ledger_account",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Book = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Holder = table.Column<Guid>(type: "TEXT", nullable: false),
                    Area = table.Column<long>(type: "INTEGER", nullable: false),
                    Stripe = table.Column<int>(type: "INTEGER", nullable: false),
                    Floor = table.Column<long>(type: "INTEGER", nullable: false),
                    Ceiling = table.Column<long>(type: "INTEGER", nullable: true),
                    Balance = table.Column<long>(type: "INTEGER", nullable: false),
                    Held = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ledger_account", x => x.Id);
                    table.CheckConstraint("ck_ledger_account_ceiling", "\"Ceiling\" IS NULL OR \"Balance\" <= \"Ceiling\"");
                    table.CheckConstraint("ck_ledger_account_floor", "\"Balance\" - \"Held\" >= \"Floor\"");
                    table.CheckConstraint("ck_ledger_account_held", "\"Held\" >= 0");
                });

            migrationBuilder.CreateTable(
                name: "ledger_hold",
                columns: table => new
                {
                    Seq = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Book = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Area = table.Column<long>(type: "INTEGER", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", nullable: false),
                    From = table.Column<Guid>(type: "TEXT", nullable: false),
                    To = table.Column<Guid>(type: "TEXT", nullable: false),
                    Amount = table.Column<long>(type: "INTEGER", nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Until = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Mark = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ledger_hold", x => x.Seq);
                    table.CheckConstraint("ck_ledger_hold_positive", "\"Amount\" > 0");
                });

            migrationBuilder.CreateTable(
                name: "ledger_hold_end",
                columns: table => new
                {
                    Seq = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    HoldId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Outcome = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Amount = table.Column<long>(type: "INTEGER", nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    PaidBy = table.Column<Guid>(type: "TEXT", nullable: true),
                    Mark = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ledger_hold_end", x => x.Seq);
                });

            migrationBuilder.CreateTable(
                name: "ledger_posting",
                columns: table => new
                {
                    TransactionId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Line = table.Column<int>(type: "INTEGER", nullable: false),
                    From = table.Column<Guid>(type: "TEXT", nullable: false),
                    To = table.Column<Guid>(type: "TEXT", nullable: false),
                    Amount = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ledger_posting", x => new { x.TransactionId, x.Line });
                    table.CheckConstraint("ck_ledger_posting_positive", "\"Amount\" > 0");
                });

            migrationBuilder.CreateTable(
                name: "ledger_transaction",
                columns: table => new
                {
                    Seq = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Book = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Area = table.Column<long>(type: "INTEGER", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Reverses = table.Column<Guid>(type: "TEXT", nullable: true),
                    LinkedTo = table.Column<Guid>(type: "TEXT", nullable: true),
                    Mark = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ledger_transaction", x => x.Seq);
                });

            migrationBuilder.CreateTable(
                name: "outbox_delivery",
                columns: table => new
                {
                    MessageId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Reader = table.Column<string>(type: "TEXT", nullable: false),
                    Seq = table.Column<long>(type: "INTEGER", nullable: false),
                    Stream = table.Column<Guid>(type: "TEXT", nullable: false),
                    Area = table.Column<long>(type: "INTEGER", nullable: false),
                    Attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    NextTry = table.Column<DateTime>(type: "TEXT", nullable: false),
                    LastError = table.Column<string>(type: "TEXT", nullable: true),
                    DeliveredAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    GaveUpAt = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_outbox_delivery", x => new { x.MessageId, x.Reader });
                });

            migrationBuilder.CreateTable(
                name: "outbox_message",
                columns: table => new
                {
                    Seq = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Stream = table.Column<Guid>(type: "TEXT", nullable: false),
                    Event = table.Column<string>(type: "TEXT", nullable: false),
                    Body = table.Column<string>(type: "TEXT", nullable: false),
                    Area = table.Column<long>(type: "INTEGER", nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    CommandId = table.Column<Guid>(type: "TEXT", nullable: true),
                    Mark = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_outbox_message", x => x.Seq);
                });

            migrationBuilder.CreateTable(
                name: "pairing_gap",
                columns: table => new
                {
                    Elder = table.Column<Guid>(type: "TEXT", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Area = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_pairing_gap", x => x.Elder);
                });

            migrationBuilder.CreateTable(
                name: "pairing_pair",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Elder = table.Column<Guid>(type: "TEXT", nullable: false),
                    Volunteer = table.Column<Guid>(type: "TEXT", nullable: false),
                    Point = table.Column<Guid>(type: "TEXT", nullable: true),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    To = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    Ground_Reason = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    Ground_Bonds = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    Ground_Way = table.Column<long>(type: "INTEGER", nullable: true),
                    Ground_Better = table.Column<Guid>(type: "TEXT", nullable: true),
                    Ground_BetterBonds = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    Ground_Nearer = table.Column<long>(type: "INTEGER", nullable: true),
                    Ground_BetterHas = table.Column<int>(type: "INTEGER", nullable: true),
                    Ground_Displaced = table.Column<Guid>(type: "TEXT", nullable: true),
                    Ground_Lost = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    Ground_Farther = table.Column<long>(type: "INTEGER", nullable: true),
                    Ground_PlanLoss = table.Column<long>(type: "INTEGER", nullable: true),
                    Ground_ByGroup = table.Column<bool>(type: "INTEGER", nullable: true),
                    Understudy = table.Column<Guid>(type: "TEXT", nullable: true),
                    DeclinedBy = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    ChangeAskedBy = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    EndedBy = table.Column<Guid>(type: "TEXT", nullable: true),
                    Area = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_pairing_pair", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "people_apart",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    One = table.Column<Guid>(type: "TEXT", nullable: false),
                    Other = table.Column<Guid>(type: "TEXT", nullable: false),
                    By = table.Column<Guid>(type: "TEXT", nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Area = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_people_apart", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "people_consent",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Person = table.Column<Guid>(type: "TEXT", nullable: false),
                    Purpose = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    TextVersion = table.Column<int>(type: "INTEGER", nullable: false),
                    Method = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Witness = table.Column<Guid>(type: "TEXT", nullable: true),
                    OnBehalf = table.Column<Guid>(type: "TEXT", nullable: true),
                    GivenAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    WithdrawnAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Area = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_people_consent", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "people_departure",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Person = table.Column<Guid>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    RecordedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    UndoneAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Area = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_people_departure", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "people_household",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Number = table.Column<string>(type: "TEXT", nullable: false),
                    Area = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_people_household", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "people_look",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Person = table.Column<Guid>(type: "TEXT", nullable: false),
                    By = table.Column<Guid>(type: "TEXT", nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Field = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Purpose = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Role = table.Column<string>(type: "TEXT", nullable: false),
                    Area = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_people_look", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "people_mandate",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Person = table.Column<Guid>(type: "TEXT", nullable: false),
                    Agent = table.Column<Guid>(type: "TEXT", nullable: false),
                    Matters = table.Column<int>(type: "INTEGER", maxLength: 40, nullable: false),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Until = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Area = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_people_mandate", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "people_merge",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Kept = table.Column<Guid>(type: "TEXT", nullable: false),
                    Dropped = table.Column<Guid>(type: "TEXT", nullable: false),
                    By = table.Column<Guid>(type: "TEXT", nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    UndoneAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    MovedAccount = table.Column<bool>(type: "INTEGER", nullable: false),
                    Journal = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Area = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_people_merge", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "people_person",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    NameKey = table.Column<string>(type: "TEXT", nullable: false),
                    Initials = table.Column<string>(type: "TEXT", nullable: false),
                    Sex = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Born = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Roles = table.Column<int>(type: "INTEGER", maxLength: 40, nullable: false),
                    Household = table.Column<Guid>(type: "TEXT", nullable: true),
                    Group = table.Column<string>(type: "TEXT", nullable: false),
                    Secrets_DataKey = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Secrets_IdNumber = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Secrets_IdIndex = table.Column<string>(type: "TEXT", nullable: true),
                    Secrets_IdMask = table.Column<string>(type: "TEXT", nullable: false),
                    Secrets_Phone = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Secrets_PhoneIndex = table.Column<string>(type: "TEXT", nullable: true),
                    Secrets_PhoneTailIndex = table.Column<string>(type: "TEXT", nullable: true),
                    Secrets_PhoneMask = table.Column<string>(type: "TEXT", nullable: false),
                    Secrets_Home = table.Column<byte[]>(type: "BLOB", nullable: true),
                    MergedInto = table.Column<Guid>(type: "TEXT", nullable: true),
                    Area = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_people_person", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "people_photo",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Person = table.Column<Guid>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Sealed = table.Column<byte[]>(type: "BLOB", nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Area = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_people_photo", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "people_relation",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Elder = table.Column<Guid>(type: "TEXT", nullable: false),
                    Relative = table.Column<Guid>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Contact = table.Column<int>(type: "INTEGER", nullable: false),
                    EndedOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    Area = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_people_relation", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "people_roster_import",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Counts_Read = table.Column<int>(type: "INTEGER", nullable: false),
                    Counts_Added = table.Column<int>(type: "INTEGER", nullable: false),
                    Counts_Changed = table.Column<int>(type: "INTEGER", nullable: false),
                    Counts_Unchanged = table.Column<int>(type: "INTEGER", nullable: false),
                    Counts_Refused = table.Column<int>(type: "INTEGER", nullable: false),
                    Counts_Suspected = table.Column<int>(type: "INTEGER", nullable: false),
                    By = table.Column<Guid>(type: "TEXT", nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    UndoneAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Journal = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Area = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_people_roster_import", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "people_roster_upload",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Digest = table.Column<string>(type: "TEXT", nullable: false),
                    By = table.Column<Guid>(type: "TEXT", nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Since = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    Sealed = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Area = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_people_roster_upload", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "places_place",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    OpenOn = table.Column<int>(type: "INTEGER", maxLength: 40, nullable: false),
                    HostHousehold = table.Column<Guid>(type: "TEXT", nullable: true),
                    ClosedOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    Area = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_places_place", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "seal_checkpoint",
                columns: table => new
                {
                    Number = table.Column<long>(type: "INTEGER", nullable: false),
                    Origin = table.Column<string>(type: "TEXT", nullable: false),
                    Size = table.Column<long>(type: "INTEGER", nullable: false),
                    Root = table.Column<byte[]>(type: "BLOB", nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Algorithm = table.Column<int>(type: "INTEGER", nullable: false),
                    KeyId = table.Column<string>(type: "TEXT", nullable: false),
                    Signature = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_seal_checkpoint", x => x.Number);
                });

            migrationBuilder.CreateTable(
                name: "seal_link",
                columns: table => new
                {
                    Position = table.Column<long>(type: "INTEGER", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Seq = table.Column<long>(type: "INTEGER", nullable: false),
                    Subject = table.Column<Guid>(type: "TEXT", nullable: false),
                    County = table.Column<long>(type: "INTEGER", nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Algorithm = table.Column<int>(type: "INTEGER", nullable: false),
                    RowHash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Chain = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_seal_link", x => x.Position);
                });

            migrationBuilder.CreateTable(
                name: "seal_tile",
                columns: table => new
                {
                    Step = table.Column<int>(type: "INTEGER", nullable: false),
                    Number = table.Column<long>(type: "INTEGER", nullable: false),
                    Hash = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_seal_tile", x => new { x.Step, x.Number });
                });

            migrationBuilder.CreateTable(
                name: "signin_account",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Person = table.Column<Guid>(type: "TEXT", nullable: false),
                    Area = table.Column<long>(type: "INTEGER", nullable: false),
                    NameMask = table.Column<string>(type: "TEXT", nullable: false),
                    FailingSince = table.Column<DateTime>(type: "TEXT", nullable: true),
                    IsDemo = table.Column<bool>(type: "INTEGER", nullable: false),
                    UserName = table.Column<string>(type: "TEXT", nullable: true),
                    NormalizedUserName = table.Column<string>(type: "TEXT", nullable: true),
                    PasswordHash = table.Column<string>(type: "TEXT", nullable: true),
                    AccessFailedCount = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_signin_account", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "signin_post",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Person = table.Column<Guid>(type: "TEXT", nullable: false),
                    Role = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Point = table.Column<Guid>(type: "TEXT", nullable: true),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    To = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    Area = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_signin_post", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "signin_session",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Account = table.Column<Guid>(type: "TEXT", nullable: false),
                    Person = table.Column<Guid>(type: "TEXT", nullable: false),
                    Post = table.Column<Guid>(type: "TEXT", nullable: false),
                    OnPhone = table.Column<bool>(type: "INTEGER", nullable: false),
                    Issued = table.Column<DateTime>(type: "TEXT", nullable: false),
                    LastSeen = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Revoked = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_signin_session", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "signin_token",
                columns: table => new
                {
                    UserId = table.Column<Guid>(type: "TEXT", nullable: false),
                    LoginProvider = table.Column<string>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    Value = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_signin_token", x => new { x.UserId, x.LoginProvider, x.Name });
                });

            migrationBuilder.CreateTable(
                name: "timebank_credit",
                columns: table => new
                {
                    Visit = table.Column<Guid>(type: "TEXT", nullable: false),
                    Volunteer = table.Column<Guid>(type: "TEXT", nullable: false),
                    Day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Minutes = table.Column<int>(type: "INTEGER", nullable: false),
                    Weighted = table.Column<int>(type: "INTEGER", nullable: false),
                    Credited = table.Column<int>(type: "INTEGER", nullable: false),
                    CreditedBefore = table.Column<int>(type: "INTEGER", nullable: false),
                    Limit = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Rules = table.Column<string>(type: "TEXT", nullable: false),
                    CreditedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    TakenBackAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Area = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_timebank_credit", x => x.Visit);
                });

            migrationBuilder.CreateTable(
                name: "timebank_dispute",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Visit = table.Column<Guid>(type: "TEXT", nullable: false),
                    Volunteer = table.Column<Guid>(type: "TEXT", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    RaisedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Outcome = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    SettledBy = table.Column<Guid>(type: "TEXT", nullable: true),
                    SettledAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Area = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_timebank_dispute", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "timebank_filling_end",
                columns: table => new
                {
                    Filling = table.Column<Guid>(type: "TEXT", nullable: false),
                    Minutes = table.Column<long>(type: "INTEGER", nullable: false),
                    AskedBy = table.Column<Guid>(type: "TEXT", nullable: false),
                    By = table.Column<Guid>(type: "TEXT", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Area = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_timebank_filling_end", x => x.Filling);
                });

            migrationBuilder.CreateTable(
                name: "areas_succession",
                columns: table => new
                {
                    Line = table.Column<int>(type: "INTEGER", nullable: false),
                    From = table.Column<long>(type: "INTEGER", nullable: false),
                    ValidFrom = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    To = table.Column<long>(type: "INTEGER", nullable: false),
                    Day = table.Column<DateOnly>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_areas_succession", x => new { x.From, x.ValidFrom, x.Line });
                    table.ForeignKey(
                        name: "FK_areas_succession_areas_area_From_ValidFrom",
                        columns: x => new { x.From, x.ValidFrom },
                        principalTable: "areas_area",
                        principalColumns: new[] { "Area", "ValidFrom" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "care_incident_step",
                columns: table => new
                {
                    Line = table.Column<int>(type: "INTEGER", nullable: false),
                    IncidentId = table.Column<Guid>(type: "TEXT", nullable: false),
                    What = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    By = table.Column<Guid>(type: "TEXT", nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Whom = table.Column<Guid>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_care_incident_step", x => new { x.IncidentId, x.Line });
                    table.ForeignKey(
                        name: "FK_care_incident_step_care_incident_IncidentId",
                        column: x => x.IncidentId,
                        principalTable: "care_incident",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "duties_step",
                columns: table => new
                {
                    Line = table.Column<int>(type: "INTEGER", nullable: false),
                    DutyId = table.Column<Guid>(type: "TEXT", nullable: false),
                    What = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Rung = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Holder = table.Column<Guid>(type: "TEXT", nullable: false),
                    By = table.Column<Guid>(type: "TEXT", nullable: true),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_duties_step", x => new { x.DutyId, x.Line });
                    table.ForeignKey(
                        name: "FK_duties_step_duties_duty_DutyId",
                        column: x => x.DutyId,
                        principalTable: "duties_duty",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "pairing_consent",
                columns: table => new
                {
                    Side = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    PairId = table.Column<Guid>(type: "TEXT", nullable: false),
                    How = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    On = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Witness = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_pairing_consent", x => new { x.PairId, x.Side });
                    table.ForeignKey(
                        name: "FK_pairing_consent_pairing_pair_PairId",
                        column: x => x.PairId,
                        principalTable: "pairing_pair",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "people_mandate_use",
                columns: table => new
                {
                    Line = table.Column<int>(type: "INTEGER", nullable: false),
                    MandateId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Matter = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Command = table.Column<Guid>(type: "TEXT", nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_people_mandate_use", x => new { x.MandateId, x.Line });
                    table.ForeignKey(
                        name: "FK_people_mandate_use_people_mandate_MandateId",
                        column: x => x.MandateId,
                        principalTable: "people_mandate",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "people_fact",
                columns: table => new
                {
                    Line = table.Column<int>(type: "INTEGER", nullable: false),
                    PersonId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Value = table.Column<string>(type: "TEXT", nullable: false),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    To = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    LearnedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ReplacedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Origin = table.Column<int>(type: "INTEGER", nullable: false),
                    Sealed = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_people_fact", x => new { x.PersonId, x.Line });
                    table.ForeignKey(
                        name: "FK_people_fact_people_person_PersonId",
                        column: x => x.PersonId,
                        principalTable: "people_person",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "places_member",
                columns: table => new
                {
                    Line = table.Column<int>(type: "INTEGER", nullable: false),
                    PlaceId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Person = table.Column<Guid>(type: "TEXT", nullable: false),
                    Part = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    To = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    EndedBy = table.Column<Guid>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_places_member", x => new { x.PlaceId, x.Line });
                    table.ForeignKey(
                        name: "FK_places_member_places_place_PlaceId",
                        column: x => x.PlaceId,
                        principalTable: "places_place",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_areas_area_Area",
                table: "areas_area",
                column: "Area");

            migrationBuilder.CreateIndex(
                name: "IX_areas_area_Level_Area",
                table: "areas_area",
                columns: new[] { "Level", "Area" });

            migrationBuilder.CreateIndex(
                name: "IX_areas_succession_To",
                table: "areas_succession",
                column: "To");

            migrationBuilder.CreateIndex(
                name: "IX_audit_check_At",
                table: "audit_check",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_audit_entry_Area",
                table: "audit_entry",
                column: "Area");

            migrationBuilder.CreateIndex(
                name: "IX_audit_entry_Command_Seq",
                table: "audit_entry",
                columns: new[] { "Command", "Seq" });

            migrationBuilder.CreateIndex(
                name: "IX_audit_entry_CommandId",
                table: "audit_entry",
                column: "CommandId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_audit_security_event_Area",
                table: "audit_security_event",
                column: "Area");

            migrationBuilder.CreateIndex(
                name: "IX_audit_security_event_Id",
                table: "audit_security_event",
                column: "Id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_care_incident_Area",
                table: "care_incident",
                column: "Area");

            migrationBuilder.CreateIndex(
                name: "IX_care_incident_ClosedAt_Area",
                table: "care_incident",
                columns: new[] { "ClosedAt", "Area" });

            migrationBuilder.CreateIndex(
                name: "IX_care_incident_Elder_ClosedAt",
                table: "care_incident",
                columns: new[] { "Elder", "ClosedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_care_incident_Elder_OpenedAt",
                table: "care_incident",
                columns: new[] { "Elder", "OpenedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_care_month_close_Area",
                table: "care_month_close",
                column: "Area");

            migrationBuilder.CreateIndex(
                name: "IX_care_month_close_Area_Point_Month",
                table: "care_month_close",
                columns: new[] { "Area", "Point", "Month" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_care_month_close_State_Month_Area_Id",
                table: "care_month_close",
                columns: new[] { "State", "Month", "Area", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_care_visit_Area",
                table: "care_visit",
                column: "Area");

            migrationBuilder.CreateIndex(
                name: "IX_care_visit_Area_State",
                table: "care_visit",
                columns: new[] { "Area", "State" });

            migrationBuilder.CreateIndex(
                name: "IX_care_visit_Call",
                table: "care_visit",
                column: "Call");

            migrationBuilder.CreateIndex(
                name: "IX_care_visit_Elder_Day",
                table: "care_visit",
                columns: new[] { "Elder", "Day" });

            migrationBuilder.CreateIndex(
                name: "IX_care_visit_Point_Day",
                table: "care_visit",
                columns: new[] { "Point", "Day" });

            migrationBuilder.CreateIndex(
                name: "IX_care_visit_StartedAt_Id_State_Area",
                table: "care_visit",
                columns: new[] { "StartedAt", "Id", "State", "Area" });

            migrationBuilder.CreateIndex(
                name: "IX_care_visit_State_StartedAt_Id_Area",
                table: "care_visit",
                columns: new[] { "State", "StartedAt", "Id", "Area" });

            migrationBuilder.CreateIndex(
                name: "IX_care_visit_Volunteer_Day",
                table: "care_visit",
                columns: new[] { "Volunteer", "Day" });

            migrationBuilder.CreateIndex(
                name: "IX_care_warning_Area",
                table: "care_warning",
                column: "Area");

            migrationBuilder.CreateIndex(
                name: "IX_care_warning_EndedAt_To",
                table: "care_warning",
                columns: new[] { "EndedAt", "To" });

            migrationBuilder.CreateIndex(
                name: "IX_care_warning_From_Id",
                table: "care_warning",
                columns: new[] { "From", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_duties_duty_About_State",
                table: "duties_duty",
                columns: new[] { "About", "State" });

            migrationBuilder.CreateIndex(
                name: "IX_duties_duty_Area",
                table: "duties_duty",
                column: "Area");

            migrationBuilder.CreateIndex(
                name: "IX_duties_duty_Holder_State",
                table: "duties_duty",
                columns: new[] { "Holder", "State" });

            migrationBuilder.CreateIndex(
                name: "IX_duties_duty_StandIn_State",
                table: "duties_duty",
                columns: new[] { "StandIn", "State" });

            migrationBuilder.CreateIndex(
                name: "IX_duties_duty_State_Area_Rung",
                table: "duties_duty",
                columns: new[] { "State", "Area", "Rung" });

            migrationBuilder.CreateIndex(
                name: "IX_duties_duty_State_DueAt_Id",
                table: "duties_duty",
                columns: new[] { "State", "DueAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_duties_stand_in_Area",
                table: "duties_stand_in",
                column: "Area");

            migrationBuilder.CreateIndex(
                name: "IX_duties_stand_in_Away",
                table: "duties_stand_in",
                column: "Away");

            migrationBuilder.CreateIndex(
                name: "IX_health_reading_Area",
                table: "health_reading",
                column: "Area");

            migrationBuilder.CreateIndex(
                name: "IX_health_reading_Origin",
                table: "health_reading",
                column: "Origin");

            migrationBuilder.CreateIndex(
                name: "IX_health_reading_Person_TakenAt",
                table: "health_reading",
                columns: new[] { "Person", "TakenAt" });

            migrationBuilder.CreateIndex(
                name: "IX_ledger_account_Area",
                table: "ledger_account",
                column: "Area");

            migrationBuilder.CreateIndex(
                name: "IX_ledger_account_Book_Kind_Holder_Area_Stripe",
                table: "ledger_account",
                columns: new[] { "Book", "Kind", "Holder", "Area", "Stripe" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ledger_account_Holder",
                table: "ledger_account",
                column: "Holder");

            migrationBuilder.CreateIndex(
                name: "IX_ledger_hold_Area",
                table: "ledger_hold",
                column: "Area");

            migrationBuilder.CreateIndex(
                name: "IX_ledger_hold_From",
                table: "ledger_hold",
                column: "From");

            migrationBuilder.CreateIndex(
                name: "IX_ledger_hold_Id",
                table: "ledger_hold",
                column: "Id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ledger_hold_Until",
                table: "ledger_hold",
                column: "Until");

            migrationBuilder.CreateIndex(
                name: "IX_ledger_hold_end_HoldId",
                table: "ledger_hold_end",
                column: "HoldId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ledger_posting_From",
                table: "ledger_posting",
                column: "From");

            migrationBuilder.CreateIndex(
                name: "IX_ledger_posting_To",
                table: "ledger_posting",
                column: "To");

            migrationBuilder.CreateIndex(
                name: "IX_ledger_transaction_Area",
                table: "ledger_transaction",
                column: "Area");

            migrationBuilder.CreateIndex(
                name: "IX_ledger_transaction_Id",
                table: "ledger_transaction",
                column: "Id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ledger_transaction_LinkedTo",
                table: "ledger_transaction",
                column: "LinkedTo",
                filter: "\"LinkedTo\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_ledger_transaction_Reverses",
                table: "ledger_transaction",
                column: "Reverses",
                unique: true,
                filter: "\"Reverses\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_outbox_delivery_Area",
                table: "outbox_delivery",
                column: "Area");

            migrationBuilder.CreateIndex(
                name: "IX_outbox_delivery_DeliveredAt_NextTry",
                table: "outbox_delivery",
                columns: new[] { "DeliveredAt", "NextTry" });

            migrationBuilder.CreateIndex(
                name: "IX_outbox_delivery_open",
                table: "outbox_delivery",
                columns: new[] { "GaveUpAt", "Seq", "Reader", "Attempts", "Area" },
                filter: "\"DeliveredAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_outbox_delivery_Reader_Stream_Seq",
                table: "outbox_delivery",
                columns: new[] { "Reader", "Stream", "Seq" });

            migrationBuilder.CreateIndex(
                name: "IX_outbox_message_Area",
                table: "outbox_message",
                column: "Area");

            migrationBuilder.CreateIndex(
                name: "IX_outbox_message_Id",
                table: "outbox_message",
                column: "Id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_pairing_gap_Area",
                table: "pairing_gap",
                column: "Area");

            migrationBuilder.CreateIndex(
                name: "IX_pairing_pair_Area",
                table: "pairing_pair",
                column: "Area");

            migrationBuilder.CreateIndex(
                name: "IX_pairing_pair_Elder_State",
                table: "pairing_pair",
                columns: new[] { "Elder", "State" });

            migrationBuilder.CreateIndex(
                name: "IX_pairing_pair_State_Area",
                table: "pairing_pair",
                columns: new[] { "State", "Area" });

            migrationBuilder.CreateIndex(
                name: "IX_pairing_pair_Volunteer_State",
                table: "pairing_pair",
                columns: new[] { "Volunteer", "State" });

            migrationBuilder.CreateIndex(
                name: "IX_people_apart_Area",
                table: "people_apart",
                column: "Area");

            migrationBuilder.CreateIndex(
                name: "IX_people_apart_One_Other",
                table: "people_apart",
                columns: new[] { "One", "Other" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_people_consent_Area",
                table: "people_consent",
                column: "Area");

            migrationBuilder.CreateIndex(
                name: "IX_people_consent_Person_Purpose",
                table: "people_consent",
                columns: new[] { "Person", "Purpose" });

            migrationBuilder.CreateIndex(
                name: "IX_people_departure_Area",
                table: "people_departure",
                column: "Area");

            migrationBuilder.CreateIndex(
                name: "IX_people_departure_Person",
                table: "people_departure",
                column: "Person");

            migrationBuilder.CreateIndex(
                name: "IX_people_fact_PersonId_Kind_Value",
                table: "people_fact",
                columns: new[] { "PersonId", "Kind", "Value" });

            migrationBuilder.CreateIndex(
                name: "IX_people_household_Area",
                table: "people_household",
                column: "Area");

            migrationBuilder.CreateIndex(
                name: "IX_people_household_Area_Number",
                table: "people_household",
                columns: new[] { "Area", "Number" });

            migrationBuilder.CreateIndex(
                name: "IX_people_look_Area",
                table: "people_look",
                column: "Area");

            migrationBuilder.CreateIndex(
                name: "IX_people_look_Person_At",
                table: "people_look",
                columns: new[] { "Person", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_people_mandate_Area",
                table: "people_mandate",
                column: "Area");

            migrationBuilder.CreateIndex(
                name: "IX_people_mandate_Person_Agent",
                table: "people_mandate",
                columns: new[] { "Person", "Agent" });

            migrationBuilder.CreateIndex(
                name: "IX_people_merge_Area",
                table: "people_merge",
                column: "Area");

            migrationBuilder.CreateIndex(
                name: "IX_people_merge_Kept",
                table: "people_merge",
                column: "Kept");

            migrationBuilder.CreateIndex(
                name: "IX_people_person_Area",
                table: "people_person",
                column: "Area");

            migrationBuilder.CreateIndex(
                name: "IX_people_person_Household",
                table: "people_person",
                column: "Household");

            migrationBuilder.CreateIndex(
                name: "IX_people_person_Initials_NameKey_Id_Area_MergedInto_Roles",
                table: "people_person",
                columns: new[] { "Initials", "NameKey", "Id", "Area", "MergedInto", "Roles" });

            migrationBuilder.CreateIndex(
                name: "IX_people_person_MergedInto",
                table: "people_person",
                column: "MergedInto",
                filter: "\"MergedInto\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_people_person_NameKey",
                table: "people_person",
                column: "NameKey");

            migrationBuilder.CreateIndex(
                name: "IX_people_person_Secrets_IdIndex",
                table: "people_person",
                column: "Secrets_IdIndex");

            migrationBuilder.CreateIndex(
                name: "IX_people_person_Secrets_PhoneIndex",
                table: "people_person",
                column: "Secrets_PhoneIndex");

            migrationBuilder.CreateIndex(
                name: "IX_people_person_Secrets_PhoneTailIndex",
                table: "people_person",
                column: "Secrets_PhoneTailIndex");

            migrationBuilder.CreateIndex(
                name: "IX_people_photo_Area",
                table: "people_photo",
                column: "Area");

            migrationBuilder.CreateIndex(
                name: "IX_people_photo_Person",
                table: "people_photo",
                column: "Person");

            migrationBuilder.CreateIndex(
                name: "IX_people_relation_Area",
                table: "people_relation",
                column: "Area");

            migrationBuilder.CreateIndex(
                name: "IX_people_relation_Elder",
                table: "people_relation",
                column: "Elder");

            migrationBuilder.CreateIndex(
                name: "IX_people_relation_Relative",
                table: "people_relation",
                column: "Relative");

            migrationBuilder.CreateIndex(
                name: "IX_people_roster_import_Area",
                table: "people_roster_import",
                column: "Area");

            migrationBuilder.CreateIndex(
                name: "IX_people_roster_import_At_Id",
                table: "people_roster_import",
                columns: new[] { "At", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_people_roster_upload_Area",
                table: "people_roster_upload",
                column: "Area");

            migrationBuilder.CreateIndex(
                name: "IX_places_member_Person",
                table: "places_member",
                column: "Person");

            migrationBuilder.CreateIndex(
                name: "IX_places_place_Area",
                table: "places_place",
                column: "Area");

            migrationBuilder.CreateIndex(
                name: "IX_places_place_Area_Kind_Name",
                table: "places_place",
                columns: new[] { "Area", "Kind", "Name" });

            migrationBuilder.CreateIndex(
                name: "IX_seal_link_County_Position",
                table: "seal_link",
                columns: new[] { "County", "Position" });

            migrationBuilder.CreateIndex(
                name: "IX_seal_link_Kind_Seq",
                table: "seal_link",
                columns: new[] { "Kind", "Seq" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_seal_link_Subject",
                table: "seal_link",
                column: "Subject");

            migrationBuilder.CreateIndex(
                name: "IX_signin_account_Area",
                table: "signin_account",
                column: "Area");

            migrationBuilder.CreateIndex(
                name: "IX_signin_account_NormalizedUserName",
                table: "signin_account",
                column: "NormalizedUserName",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_signin_account_Person",
                table: "signin_account",
                column: "Person",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_signin_post_Area",
                table: "signin_post",
                column: "Area");

            migrationBuilder.CreateIndex(
                name: "IX_signin_post_Person",
                table: "signin_post",
                column: "Person");

            migrationBuilder.CreateIndex(
                name: "IX_signin_session_Account_Revoked",
                table: "signin_session",
                columns: new[] { "Account", "Revoked" });

            migrationBuilder.CreateIndex(
                name: "IX_timebank_credit_Area",
                table: "timebank_credit",
                column: "Area");

            migrationBuilder.CreateIndex(
                name: "IX_timebank_credit_Volunteer_Day",
                table: "timebank_credit",
                columns: new[] { "Volunteer", "Day" });

            migrationBuilder.CreateIndex(
                name: "IX_timebank_dispute_Area",
                table: "timebank_dispute",
                column: "Area");

            migrationBuilder.CreateIndex(
                name: "IX_timebank_dispute_Area_Outcome",
                table: "timebank_dispute",
                columns: new[] { "Area", "Outcome" });

            migrationBuilder.CreateIndex(
                name: "IX_timebank_dispute_Outcome_RaisedAt_Id",
                table: "timebank_dispute",
                columns: new[] { "Outcome", "RaisedAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_timebank_dispute_Visit",
                table: "timebank_dispute",
                column: "Visit");

            migrationBuilder.CreateIndex(
                name: "IX_timebank_filling_end_Area",
                table: "timebank_filling_end",
                column: "Area");

            migrationBuilder.CreateIndex(
                name: "IX_timebank_filling_end_At_Filling",
                table: "timebank_filling_end",
                columns: new[] { "At", "Filling" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "areas_succession");

            migrationBuilder.DropTable(
                name: "audit_check");

            migrationBuilder.DropTable(
                name: "audit_entry");

            migrationBuilder.DropTable(
                name: "audit_security_event");

            migrationBuilder.DropTable(
                name: "care_incident_step");

            migrationBuilder.DropTable(
                name: "care_month_close");

            migrationBuilder.DropTable(
                name: "care_visit");

            migrationBuilder.DropTable(
                name: "care_warning");

            migrationBuilder.DropTable(
                name: "duties_stand_in");

            migrationBuilder.DropTable(
                name: "duties_step");

            migrationBuilder.DropTable(
                name: "health_reading");

            migrationBuilder.DropTable(
                name: "ledger_account");

            migrationBuilder.DropTable(
                name: "ledger_hold");

            migrationBuilder.DropTable(
                name: "ledger_hold_end");

            migrationBuilder.DropTable(
                name: "ledger_posting");

            migrationBuilder.DropTable(
                name: "ledger_transaction");

            migrationBuilder.DropTable(
                name: "outbox_delivery");

            migrationBuilder.DropTable(
                name: "outbox_message");

            migrationBuilder.DropTable(
                name: "pairing_consent");

            migrationBuilder.DropTable(
                name: "pairing_gap");

            migrationBuilder.DropTable(
                name: "people_apart");

            migrationBuilder.DropTable(
                name: "people_consent");

            migrationBuilder.DropTable(
                name: "people_departure");

            migrationBuilder.DropTable(
                name: "people_fact");

            migrationBuilder.DropTable(
                name: "people_household");

            migrationBuilder.DropTable(
                name: "people_look");

            migrationBuilder.DropTable(
                name: "people_mandate_use");

            migrationBuilder.DropTable(
                name: "people_merge");

            migrationBuilder.DropTable(
                name: "people_photo");

            migrationBuilder.DropTable(
                name: "people_relation");

            migrationBuilder.DropTable(
                name: "people_roster_import");

            migrationBuilder.DropTable(
                name: "people_roster_upload");

            migrationBuilder.DropTable(
                name: "places_member");

            migrationBuilder.DropTable(
                name: "seal_checkpoint");

            migrationBuilder.DropTable(
                name: "seal_link");

            migrationBuilder.DropTable(
                name: "seal_tile");

            migrationBuilder.DropTable(
                name: "signin_account");

            migrationBuilder.DropTable(
                name: "signin_post");

            migrationBuilder.DropTable(
                name: "signin_session");

            migrationBuilder.DropTable(
                name: "signin_token");

            migrationBuilder.DropTable(
                name: "timebank_credit");

            migrationBuilder.DropTable(
                name: "timebank_dispute");

            migrationBuilder.DropTable(
                name: "timebank_filling_end");

            migrationBuilder.DropTable(
                name: "areas_area");

            migrationBuilder.DropTable(
                name: "care_incident");

            migrationBuilder.DropTable(
                name: "duties_duty");

            migrationBuilder.DropTable(
                name: "pairing_pair");

            migrationBuilder.DropTable(
                name: "people_person");

            migrationBuilder.DropTable(
                name: "people_mandate");

            migrationBuilder.DropTable(
                name: "places_place");
        }
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shouwang.Application.Common;
using Shouwang.Application.Common.Seals;

namespace Shouwang.Application.Ledger;

/// <summary>How the tables of the books look. Written by <see cref="Books"/>; EF Core only reads them.</summary>
internal sealed class BooksMapping :
    IEntityTypeConfiguration<AccountRow>, IEntityTypeConfiguration<TransactionRow>, IEntityTypeConfiguration<PostingRow>,
    IEntityTypeConfiguration<HoldRow>, IEntityTypeConfiguration<HoldEndRow>,
    IEntityTypeConfiguration<AuditEntry>, IEntityTypeConfiguration<SecurityEvent>,
    IEntityTypeConfiguration<SealLink>, IEntityTypeConfiguration<SealTile>, IEntityTypeConfiguration<SealCheckpoint>,
    IEntityTypeConfiguration<BookCheck>,
    IEntityTypeConfiguration<OutboxMessage>, IEntityTypeConfiguration<OutboxDelivery>
{
    public void Configure(EntityTypeBuilder<AccountRow> builder)
    {
        builder.ToTable("ledger_account", t =>
        {
            t.HasCheckConstraint("ck_ledger_account_floor", "\"Balance\" - \"Held\" >= \"Floor\"");
            t.HasCheckConstraint("ck_ledger_account_held", "\"Held\" >= 0");
            t.HasCheckConstraint("ck_ledger_account_ceiling", "\"Ceiling\" IS NULL OR \"Balance\" <= \"Ceiling\"");
        });
        builder.HasKey(a => a.Id);
        builder.Property(a => a.Id).ValueGeneratedNever();
        builder.HasIndex(a => new { a.Book, a.Kind, a.Holder, a.Area, a.Stripe }).IsUnique();
        builder.HasIndex(a => a.Holder);
    }

    public void Configure(EntityTypeBuilder<TransactionRow> builder)
    {
        builder.ToTable("ledger_transaction");
        builder.HasKey(t => t.Seq);
        builder.Property(t => t.Seq).ValueGeneratedOnAdd();
        builder.HasIndex(t => t.Id).IsUnique();
        builder.HasIndex(t => t.Reverses).IsUnique().HasFilter("\"Reverses\" IS NOT NULL");
        builder.HasIndex(t => t.LinkedTo).HasFilter("\"LinkedTo\" IS NOT NULL");
    }

    public void Configure(EntityTypeBuilder<PostingRow> builder)
    {
        builder.ToTable("ledger_posting", t => t.HasCheckConstraint("ck_ledger_posting_positive", "\"Amount\" > 0"));
        builder.HasKey(p => new { p.TransactionId, p.Line });
        builder.Property(p => p.Line).ValueGeneratedNever();
        builder.HasIndex(p => p.From);
        builder.HasIndex(p => p.To);
    }

    public void Configure(EntityTypeBuilder<HoldRow> builder)
    {
        builder.ToTable("ledger_hold", t => t.HasCheckConstraint("ck_ledger_hold_positive", "\"Amount\" > 0"));
        builder.HasKey(h => h.Seq);
        builder.Property(h => h.Seq).ValueGeneratedOnAdd();
        builder.HasIndex(h => h.Id).IsUnique();
        builder.HasIndex(h => h.From);
        builder.HasIndex(h => h.Until);
    }

    public void Configure(EntityTypeBuilder<HoldEndRow> builder)
    {
        builder.ToTable("ledger_hold_end");
        builder.HasKey(e => e.Seq);
        builder.Property(e => e.Seq).ValueGeneratedOnAdd();
        builder.HasIndex(e => e.HoldId).IsUnique();
    }

    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.ToTable("audit_entry");
        builder.HasKey(a => a.Seq);
        builder.Property(a => a.Seq).ValueGeneratedOnAdd();
        builder.HasIndex(a => a.CommandId).IsUnique();
        builder.HasIndex(a => new { a.Command, a.Seq });
    }

    public void Configure(EntityTypeBuilder<SealLink> builder)
    {
        builder.ToTable("seal_link");
        builder.HasKey(s => s.Position);
        builder.Property(s => s.Position).ValueGeneratedNever();
        builder.HasIndex(s => new { s.Kind, s.Seq }).IsUnique();
        builder.HasIndex(s => s.Subject);
        builder.HasIndex(s => new { s.County, s.Position });
    }

    public void Configure(EntityTypeBuilder<SealTile> builder)
    {
        builder.ToTable("seal_tile");
        builder.HasKey(t => new { t.Step, t.Number });
        builder.Property(t => t.Step).ValueGeneratedNever();
        builder.Property(t => t.Number).ValueGeneratedNever();
    }

    public void Configure(EntityTypeBuilder<SealCheckpoint> builder)
    {
        builder.ToTable("seal_checkpoint");
        builder.HasKey(c => c.Number);
        builder.Property(c => c.Number).ValueGeneratedNever();
    }

    public void Configure(EntityTypeBuilder<BookCheck> builder)
    {
        builder.ToTable("audit_check");
        builder.HasKey(c => c.Id);
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.HasIndex(c => c.At);
    }

    public void Configure(EntityTypeBuilder<SecurityEvent> builder)
    {
        builder.ToTable("audit_security_event");
        builder.HasKey(e => e.Seq);
        builder.Property(e => e.Seq).ValueGeneratedOnAdd();
        builder.HasIndex(e => e.Id).IsUnique();
    }

    public void Configure(EntityTypeBuilder<OutboxMessage> builder)
    {
        builder.ToTable("outbox_message");
        builder.HasKey(m => m.Seq);
        builder.Property(m => m.Seq).ValueGeneratedOnAdd();
        builder.HasIndex(m => m.Id).IsUnique();
    }

    public void Configure(EntityTypeBuilder<OutboxDelivery> builder)
    {
        builder.ToTable("outbox_delivery");
        builder.HasKey(d => new { d.MessageId, d.Reader });
        builder.HasIndex(d => new { d.DeliveredAt, d.NextTry });
        builder.HasIndex(d => new { d.Reader, d.Stream, d.Seq });

        // Those that are open, however many were delivered, in the order the list has; what is counted stands beside it.
        builder.HasIndex(d => new { d.GaveUpAt, d.Seq, d.Reader, d.Attempts, d.Area }).HasFilter("\"DeliveredAt\" IS NULL")
            .HasDatabaseName("IX_outbox_delivery_open");
    }
}

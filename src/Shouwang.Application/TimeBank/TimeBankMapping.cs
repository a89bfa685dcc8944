using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shouwang.Domain.Ledger;
using Shouwang.Domain.TimeBank;

namespace Shouwang.Application.TimeBank;

/// <summary>How credits, disputes and requests that came to nothing are stored.</summary>
internal sealed class TimeBankMapping :
    IEntityTypeConfiguration<VisitCredit>, IEntityTypeConfiguration<HoursDispute>, IEntityTypeConfiguration<FillingEnd>
{
    public void Configure(EntityTypeBuilder<FillingEnd> builder)
    {
        builder.ToTable("timebank_filling_end");
        builder.HasKey(e => e.Filling);
        builder.Property(e => e.Filling).ValueGeneratedNever();
        builder.HasIndex(e => new { e.At, e.Filling });
    }

    public void Configure(EntityTypeBuilder<VisitCredit> builder)
    {
        builder.ToTable("timebank_credit");
        builder.HasKey(c => c.Visit);
        builder.Property(c => c.Visit).ValueGeneratedNever();
        builder.Ignore(c => c.Uncredited);
        builder.HasIndex(c => new { c.Volunteer, c.Day });
    }

    public void Configure(EntityTypeBuilder<HoursDispute> builder)
    {
        builder.ToTable("timebank_dispute");
        builder.HasKey(d => d.Id);
        builder.Property(d => d.Id).ValueGeneratedNever();
        builder.Ignore(d => d.IsOpen);
        builder.HasIndex(d => d.Visit);
        builder.HasIndex(d => new { d.Area, d.Outcome });
        builder.HasIndex(d => new { d.Outcome, d.RaisedAt, d.Id });
    }
}
